import type { FlowDocument, FlowNode } from '../model/flow-document.ts'

/**
 * The graph a run ran, ready to run again: a past graph is kept without secrets and code, which are taken from the
 * same fields of the flow as it is now.
 */
export function graphOfThen(then: FlowDocument, now: FlowDocument): FlowDocument {
  const current = new Map(now.nodes.map((node) => [node.id, node]))
  return { ...then, nodes: then.nodes.map((node) => withHidden(node, current.get(node.id))) }
}

function withHidden(node: FlowNode, current: FlowNode | undefined): FlowNode {
  const fields = current?.data.node.template ?? {}
  const template = Object.fromEntries(
    Object.entries(node.data.node.template).map(([name, field]) => {
      const own = fields[name]
      return [name, own && isHidden(field) ? { ...field, value: own.value } : field]
    }),
  )
  return { ...node, data: { ...node.data, node: { ...node.data.node, template } } }
}

type Field = FlowNode['data']['node']['template'][string]

/** A secret that was typed in is kept as nothing, and code as an empty text. */
const isHidden = ({ password, load_from_db: isVariable, type, value }: Field): boolean =>
  (password === true && isVariable !== true && (value === null || value === undefined)) ||
  (type === 'code' && value === '')
