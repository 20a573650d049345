import { type FieldKind, kindOf } from '../../editor/fields/field-kinds.ts'
import { labelOf } from '../../editor/fields/field-widget.ts'
import {
  type FlowDocument,
  type FlowNode,
  fieldsOf,
  isNote,
  nodeOf,
  type TemplateField,
} from '../../editor/model/flow-document.ts'
import { canvasHandles, handleName } from '../../editor/model/handles.ts'
import { componentText } from '../../i18n/component-text.ts'

/** What one field holds in one session alone. */
export interface SessionValue {
  readonly nodeId: string
  readonly field: string
  readonly change: Partial<TemplateField>
}

/** A field that can be given a value for a session. */
export interface SettableField {
  /** Tells it from the others. */
  readonly key: string
  readonly nodeId: string
  readonly name: string
  readonly component: string
  readonly label: string
  readonly kind: FieldKind
}

/** Kinds whose widgets need nothing but the field. */
const KINDS: readonly FieldKind[] = [
  'model',
  'dropdown',
  'text',
  'multiline',
  'number',
  'boolean',
  'slider',
  'tab',
  'list',
  'multiselect',
]

export const keyOf = ({ nodeId, field }: Pick<SessionValue, 'nodeId' | 'field'>): string => `${nodeId} ${field}`

/** The fields of a flow that nothing feeds, models before all. */
export function settableFields(document: FlowDocument): readonly SettableField[] {
  const open = openFields(document, (kind) => KINDS.includes(kind))
  return [...open.filter(({ kind }) => kind === 'model'), ...open.filter(({ kind }) => kind !== 'model')]
}

/** Of the fields nothing feeds those a form asks for: files, and what is given to the API. */
export const askedFields = (document: FlowDocument): readonly SettableField[] =>
  openFields(document, (kind, field) =>
    kind === 'file' ? field.advanced !== true : field.api_editable === true && KINDS.includes(kind),
  )

type IsWanted = (kind: FieldKind, field: TemplateField) => boolean

function openFields(document: FlowDocument, isWanted: IsWanted): readonly SettableField[] {
  const fed = new Set(document.edges.map((edge) => `${edge.target} ${handleName(canvasHandles(edge).target ?? '')}`))
  const all = document.nodes.filter((node) => !isNote(node)).flatMap((node) => ofNode(node, isWanted))
  return all.filter(({ key }) => !fed.has(key))
}

const ofNode = ({ id, data }: FlowNode, isWanted: IsWanted): readonly SettableField[] =>
  fieldsOf(data.node).flatMap(([name, field]) => {
    const kind = kindOf(field)
    if (kind === undefined || field.show === false || !isWanted(kind, field)) return []
    const [component, label] = [componentText(data.node.display_name), labelOf(name, field)]
    return [{ key: keyOf({ nodeId: id, field: name }), nodeId: id, name, component, label, kind }]
  })

/** The field as the session has it; undefined once the flow has it no more. */
export function sessionField(
  document: FlowDocument,
  { nodeId, field, change }: SessionValue,
): TemplateField | undefined {
  const found = nodeOf(document, nodeId)?.data.node.template[field]
  return found && { ...found, ...change }
}

/** The flow with the values of a session in it; the open flow stays as it is. */
export function withSessionValues(document: FlowDocument, values: readonly SessionValue[]): FlowDocument {
  if (values.length === 0) return document
  const byNode = Map.groupBy(values, ({ nodeId }) => nodeId)
  const nodes = document.nodes.map((node) => {
    const own = byNode.get(node.id)
    if (!own) return node
    const { template } = node.data.node
    const changed = own.flatMap((value) => {
      const field = sessionField(document, value)
      return field ? [[value.field, field] as const] : []
    })
    const component = { ...node.data.node, template: { ...template, ...Object.fromEntries(changed) } }
    return { ...node, data: { ...node.data, node: component } }
  })
  return { ...document, nodes }
}
