import { isObject } from '@runnel/protocol/json'

/** Field names a variable can be the default of: every field of the catalogue that may hold one. */
export function variableFields(
  catalogue: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  const names = new Set<string>()
  for (const category of Object.values(catalogue)) {
    for (const component of Object.values(category)) {
      const template = isObject(component) && isObject(component.template) ? component.template : {}
      for (const field of Object.values(template)) {
        if (isObject(field) && 'load_from_db' in field && typeof field.display_name === 'string') {
          names.add(field.display_name)
        }
      }
    }
  }
  return [...names].sort((a, b) => a.localeCompare(b))
}
