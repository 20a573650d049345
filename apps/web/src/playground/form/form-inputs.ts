import type { FlowDocument, FlowNode } from '../../editor/model/flow-document.ts'
import { canvasHandles, handleName } from '../../editor/model/handles.ts'
import { componentText } from '../../i18n/component-text.ts'

/** One value a form asks for. */
export interface FormInput {
  /** Tells it from the others. */
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'boolean' | 'json'
  readonly isRequired: boolean
  readonly preset: string
  readonly nodeId: string
  /** The row of a node that declares several inputs. */
  readonly row: string | undefined
}

const VALUE_FIELDS: Readonly<Record<string, string>> = {
  TextInput: 'input_value',
  ChatInput: 'input_value',
  Webhook: 'data',
}
const DECLARING = 'FlowInputs'

/** What a flow takes, for a form: its text inputs and webhooks that nothing feeds, and the rows it declares. */
export function formInputs(document: FlowDocument): readonly FormInput[] {
  const fed = new Set(document.edges.map((edge) => `${edge.target} ${handleName(canvasHandles(edge).target ?? '')}`))
  return document.nodes.flatMap((node) => {
    const { type, node: component } = node.data
    if (type === DECLARING) return declaredInputs(node)
    const field = VALUE_FIELDS[type]
    if (field === undefined || fed.has(`${node.id} ${field}`)) return []
    const value = component.template[field]?.value
    return [
      {
        key: node.id,
        label: componentText(component.display_name),
        kind: 'text' as const,
        isRequired: false,
        preset: typeof value === 'string' ? value : '',
        nodeId: node.id,
        row: undefined,
      },
    ]
  })
}

const KINDS: Readonly<Record<string, FormInput['kind']>> = {
  text: 'text',
  file: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
}

function declaredInputs({ id, data }: FlowNode): readonly FormInput[] {
  const rows = data.node.template.fields?.value
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
    const { name, label, type, required, default: preset } = Object(row)
    if (typeof name !== 'string' || name === '') return []
    return [
      {
        key: `${id} ${name}`,
        label: typeof label === 'string' && label !== '' ? label : name,
        kind: KINDS[String(type ?? 'text')] ?? 'json',
        isRequired: required === true,
        preset:
          typeof preset === 'string' ? preset : preset === undefined || preset === null ? '' : JSON.stringify(preset),
        nodeId: id,
        row: name,
      },
    ]
  })
}

/** The flow with the values of a form in it; the open flow stays as it is. @throws SyntaxError for a text that is no JSON */
export function withValues(
  document: FlowDocument,
  inputs: readonly FormInput[],
  values: Readonly<Record<string, string>>,
): FlowDocument {
  const nodes = document.nodes.map((node) => {
    const own = inputs.filter(({ nodeId }) => nodeId === node.id)
    if (own.length === 0) return node
    const read = (input: FormInput): unknown => readValue(input, values[input.key] ?? input.preset)
    const isDeclaring = node.data.type === DECLARING
    const name = isDeclaring ? 'values' : (VALUE_FIELDS[node.data.type] ?? '')
    const value = isDeclaring
      ? Object.fromEntries(own.map((input) => [input.row, read(input)]).filter(([, given]) => given !== undefined))
      : own.map(read)[0]
    const { template } = node.data.node
    const changed = { ...template, [name]: { ...template[name], value } }
    return { ...node, data: { ...node.data, node: { ...node.data.node, template: changed } } }
  })
  return { ...document, nodes }
}

function readValue({ kind, row }: FormInput, text: string): unknown {
  if (row === undefined || kind === 'text') return text === '' && row !== undefined ? undefined : text
  if (kind === 'boolean') return text === 'true'
  if (text.trim() === '') return undefined
  return kind === 'number' ? Number(text) : JSON.parse(text)
}
