import type { TemplateField } from '../../editor/model/flow-document.ts'

const LENGTH = 40

/** The value of a field in a few characters. A secret stays one. */
export function shownValue({ value, password, load_from_db: isVariable }: TemplateField): string {
  if (password === true && isVariable !== true) return '•••'
  const one: unknown = Array.isArray(value) ? value[0] : value
  const named = typeof one === 'object' && one !== null && 'name' in one ? one.name : one
  const text = typeof named === 'string' ? named : JSON.stringify(named ?? '')
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text
}
