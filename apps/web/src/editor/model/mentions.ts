import { componentText } from '../../i18n/component-text.ts'
import type { FlowNode, TemplateField } from './flow-document.ts'

/**
 * Whether a node says something anywhere: its name, also as it is shown, id, description, what its fields hold, the variables they name, and
 * what its run complained of; never a secret, nor source code.
 */
export function mentions({ id, data }: FlowNode, complaint: string | undefined, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  const { display_name, description, template } = data.node
  const words = [display_name, description].flatMap((text) => [text, componentText(text)])
  const texts = [id, ...words, complaint, ...Object.values(template ?? {}).flatMap(textsOf)]
  return texts.some((text) => text?.toLowerCase().includes(wanted))
}

/** The texts of a field: of one, of each entry of a list, of the cells of a table, of the keys and values of a dictionary. */
function textsOf(field: TemplateField | undefined): readonly string[] {
  // Instead of a secret the name of a variable may stand there.
  if (!field || field.type === 'code' || (field.password && field.load_from_db !== true)) return []
  return textsIn(field.value)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}
