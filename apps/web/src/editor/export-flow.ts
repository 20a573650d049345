import type { FlowRead } from '@runnel/protocol/flows'
import type { FlowDocument, FlowNode, TemplateField } from './model/flow-document.ts'

type Described = Pick<FlowRead, 'id' | 'name' | 'description' | 'endpoint_name' | 'is_component' | 'tags'>

/** A flow as a file. @param withKeys keeps secrets typed into fields; names of variables always stay */
export function printFlowFile(flow: Described, document: FlowDocument, withKeys: boolean): string {
  const { id, name, description, endpoint_name, is_component, tags } = flow
  const data = withKeys ? document : { ...document, nodes: document.nodes.map(withoutKeys) }
  return `${JSON.stringify({ id, name, description, endpoint_name, is_component, tags, data }, null, 2)}\n`
}

/** A node without the secrets typed into its fields; in a group also those inside. */
export function withoutKeys(node: FlowNode): FlowNode {
  const { node: component } = node.data
  const template = Object.fromEntries(
    Object.entries(component.template ?? {}).map(([name, field]) => [
      name,
      isKey(field) ? { ...field, value: '' } : field,
    ]),
  )
  const { flow } = component
  const inner = flow && { flow: { ...flow, data: { ...flow.data, nodes: flow.data.nodes.map(withoutKeys) } } }
  return { ...node, data: { ...node.data, node: { ...component, template, ...inner } } }
}

const isKey = (field: TemplateField | undefined): boolean =>
  field?.password === true && field.load_from_db !== true && typeof field.value === 'string' && field.value !== ''
