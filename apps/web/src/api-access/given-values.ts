import type { FlowInputs, InputField } from './flow-inputs.ts'

/** What somebody puts in the place of what exposed fields hold, by node and field; of a secret, a variable's name. */
export type GivenValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** How a field's value is edited. */
export type EditorKind = 'secret' | 'switch' | 'number' | 'choice' | 'json' | 'text'

/** The kind of editor that suits a field. */
export function editorKind({ isSecret, type, options, value }: InputField): EditorKind {
  if (isSecret) return 'secret'
  if (type === 'boolean') return 'switch'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array' || type === 'object' || typeof value === 'object') return 'json'
  return options.length > 0 ? 'choice' : 'text'
}

/** The inputs with given values in the place of what their fields hold; other fields stay as they are. */
export function withGiven(inputs: FlowInputs, given: GivenValues): FlowInputs {
  const nodes = inputs.nodes.map((node) => ({
    ...node,
    fields: node.fields.map((field) => {
      const values = given[node.id]
      if (!values || !(field.name in values) || !field.isExposed) return field
      const value = values[field.name]
      return field.isSecret ? { ...field, variable: String(value) } : { ...field, value }
    }),
  }))
  return { ...inputs, nodes }
}

/** One more value given; without one, the field is as the flow has it again. */
export function give(given: GivenValues, nodeId: string, field: string, value: unknown): GivenValues {
  const { [field]: _, ...others } = given[nodeId] ?? {}
  return { ...given, [nodeId]: value === undefined ? others : { ...others, [field]: value } }
}

/** What a text says as a number; undefined where it is none, or a part of one where whole numbers are asked. */
export function numberOf(text: string, type: InputField['type']): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) && (type !== 'integer' || Number.isInteger(number)) ? number : undefined
}

/** What a text says as JSON of the field's type; undefined where it is none. */
export function jsonOf(text: string, type: InputField['type']): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return type === 'array' && !Array.isArray(value) ? undefined : value
  } catch {
    return undefined
  }
}
