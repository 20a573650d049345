import { type FlowDocument, type FlowNode, isField, isNote } from '../model/flow-document.ts'

const namesOf = (node: FlowNode): readonly string[] =>
  isNote(node)
    ? []
    : Object.values(node.data.node.template).flatMap((field) =>
        isField(field) && typeof field.api_name === 'string' && field.api_name !== '' ? field.api_name : [],
      )

/** The nodes without the public names that fields of the flow have: a caller could not say which of the two is meant. */
export function withoutTakenNames(document: FlowDocument, nodes: readonly FlowNode[]): readonly FlowNode[] {
  const taken = new Set(document.nodes.flatMap(namesOf))
  return nodes.map((node) => {
    if (isNote(node) || !namesOf(node).some((name) => taken.has(name))) return node
    const template = Object.fromEntries(
      Object.entries(node.data.node.template).map(([name, field]) =>
        isField(field) && taken.has(String(field.api_name)) ? [name, { ...field, api_name: '' }] : [name, field],
      ),
    )
    return { ...node, data: { ...node.data, node: { ...node.data.node, template } } }
  })
}
