import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowCreate } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'

const handle = (value: unknown): string => JSON.stringify(value).replaceAll('"', 'œ')

/** A flow that says what it is told: the two chat nodes of a starter, joined. It needs no model. */
export async function echoFlow(name: string): Promise<FlowCreate> {
  const file = join(import.meta.dirname, '../starters/Basic Prompting.json')
  const starter: { readonly data: { readonly nodes: readonly unknown[] } } = JSON.parse(await readFile(file, 'utf8'))
  const nodes = starter.data.nodes.filter((node) => isObject(node) && /^Chat(In|Out)put-/.test(String(node.id)))
  const idOf = (type: string) =>
    nodes.flatMap((node) => (isObject(node) && String(node.id).startsWith(type) ? String(node.id) : []))[0] ?? ''
  const [source, target] = [idOf('ChatInput'), idOf('ChatOutput')]
  const sourceHandle = { dataType: 'ChatInput', id: source, name: 'message', output_types: ['Message'] }
  const targetHandle = {
    fieldName: 'input_value',
    id: target,
    inputTypes: ['Data', 'DataFrame', 'Message'],
    type: 'other',
  }
  const edge = {
    id: `${source}-${target}`,
    source,
    target,
    sourceHandle: handle(sourceHandle),
    targetHandle: handle(targetHandle),
    data: { sourceHandle, targetHandle },
  }
  // A graph as an export file holds it.
  return { name, data: { nodes, edges: [edge] } as FlowCreate['data'] }
}
