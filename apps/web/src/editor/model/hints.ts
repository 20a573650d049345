import { promptVariables } from '@runnel/protocol/prompt-template'
import { componentText } from '../../i18n/component-text.ts'
import { type FlowDocument, type FlowNode, fieldsOf, isNote, type TemplateField } from './flow-document.ts'
import { canvasHandles, handleName } from './handles.ts'

/** What would let a flow run, and is hardly meant; `key` is one of the editor's words `hints`. */
export interface Hint {
  readonly key: 'unconnected' | 'unreachable' | 'legacy' | 'plainSecret' | 'promptVariable' | 'noChatOutput'
  readonly values: Readonly<Record<string, string>>
  readonly nodeId: string | undefined
}

/** Looks for what is left over, out of date or unsafe. */
export function hintsOf(document: FlowDocument): readonly Hint[] {
  const nodes = document.nodes.filter((node) => !isNote(node))
  const connected = new Set(document.edges.flatMap(({ source, target }) => [source, target]))
  const filled = new Set(document.edges.map((edge) => `${edge.target} ${handleName(canvasHandles(edge).target ?? '')}`))
  const reached = reachedNodes(document, nodes)
  return [
    ...nodes.flatMap((node): readonly Hint[] => {
      const { id: nodeId, data } = node
      const component = componentText(data.node.display_name)
      const isAlone = nodes.length > 1 && !connected.has(nodeId)
      return [
        ...(isAlone ? [{ key: 'unconnected' as const, values: { component }, nodeId }] : []),
        ...(reached.has(nodeId) ? [] : [{ key: 'unreachable' as const, values: { component }, nodeId }]),
        ...(data.node.legacy === true ? [{ key: 'legacy' as const, values: { component }, nodeId }] : []),
        ...fieldHints(node, component, (field) => filled.has(`${nodeId} ${field}`)),
      ]
    }),
    ...chatHints(nodes),
  ]
}

/** What can run: begins somewhere, and is not behind something that is switched off. */
function reachedNodes({ edges }: FlowDocument, nodes: readonly FlowNode[]): ReadonlySet<string> {
  const stopped = new Set(nodes.filter(({ data }) => data.node.disabled === 'stop').map(({ id }) => id))
  const targets = new Set(edges.map(({ target }) => target))
  const next = Map.groupBy(edges, ({ source }) => source)
  const reached = new Set<string>()
  // What is switched off says so itself.
  const waiting = nodes.filter(({ id }) => stopped.has(id) || !targets.has(id)).map(({ id }) => id)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    if (!stopped.has(id)) waiting.push(...(next.get(id) ?? []).map(({ target }) => target))
  }
  return reached
}

function fieldHints(
  { id: nodeId, data: { node } }: FlowNode,
  component: string,
  isConnected: (field: string) => boolean,
): readonly Hint[] {
  const fields = fieldsOf(node)
  const variables = new Set(fields.flatMap(([, field]) => variablesIn(field)))
  return fields.flatMap(([name, field]): readonly Hint[] => {
    const values = { component, field: field.display_name ? componentText(field.display_name) : name }
    if (isPlainSecret(field)) return [{ key: 'plainSecret', values, nodeId }]
    const isEmpty = field.value === undefined || field.value === null || field.value === ''
    if (variables.has(name) && isEmpty && !isConnected(name)) return [{ key: 'promptVariable', values, nodeId }]
    return []
  })
}

const isPlainSecret = ({ password, load_from_db, value, show }: TemplateField): boolean =>
  password === true && load_from_db !== true && show !== false && typeof value === 'string' && value.trim() !== ''

const variablesIn = ({ type, value }: TemplateField): readonly string[] =>
  typeof value === 'string' && (type === 'prompt' || type === 'mustache')
    ? promptVariables(value, { doubled: type === 'mustache' })
    : []

/** What is asked in the chat is answered nowhere. */
function chatHints(nodes: readonly FlowNode[]): readonly Hint[] {
  const ask = nodes.find(({ data }) => data.type === 'ChatInput')
  if (!ask || nodes.some(({ data }) => data.type === 'ChatOutput')) return []
  return [{ key: 'noChatOutput', values: {}, nodeId: ask.id }]
}
