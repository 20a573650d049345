import { type ComponentNode, isField, nodeOf, type TemplateField } from '../model/flow-document.ts'
import { type Command, withNode } from './command.ts'
import { fitEdges } from './fit-edges.ts'
import { withOwner, withoutLostEdges } from './group-fields.ts'

/** What of a field belongs to the user; the rest is the component's. */
const OWN = ['value', 'load_from_db', 'file_path', 'advanced', 'api_editable', 'api_name'] as const

/**
 * Takes in how the server describes a node anew. What the user has changed in the node since it was asked stays as he
 * left it; edges that no longer fit go.
 */
export const refreshComponent: Command<{
  readonly nodeId: string
  /** Given for a group: its field whose owner was asked about. */
  readonly field?: string
  /** The node as it was sent. */
  readonly sent: ComponentNode
  readonly answer: ComponentNode
}> = {
  id: 'refresh-component',
  apply(document, { nodeId, field = '', sent, answer }) {
    const current = nodeOf(document, nodeId)
    if (!current) return document
    const next = withOwner(current, field, (owner) => described(owner, sent, answer))
    const changed = withNode(document, nodeId, () => next)
    return current.data.node.flow ? withoutLostEdges(changed, nodeId) : fitEdges(changed, nodeId)
  },
}

function described(current: ComponentNode, sent: ComponentNode, answer: ComponentNode): ComponentNode {
  const template = Object.fromEntries(
    Object.entries(answer.template).map(([name, field]) => [
      name,
      isField(field) ? withNews(field, sent.template[name], current.template[name]) : field,
    ]),
  )
  const texts = {
    ...(current.display_name !== sent.display_name && { display_name: current.display_name }),
    ...(current.description !== sent.description && { description: current.description }),
  }
  return { ...current, ...answer, ...texts, template }
}

function withNews(field: TemplateField, sent: unknown, current: unknown): TemplateField {
  if (sent === current || !isField(sent) || !isField(current)) return field
  const news = OWN.filter((key) => sent[key] !== current[key]).map((key) => [key, current[key]] as const)
  return news.length === 0 ? field : { ...field, ...Object.fromEntries(news) }
}
