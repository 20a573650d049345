import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowCreate } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'

const handle = (value: unknown): string => JSON.stringify(value).replaceAll('"', 'œ')

/** A flow that says what it is told: the two chat nodes of a starter, joined. It needs no model. */
export const echoFlow = (name: string): Promise<FlowCreate> => saidFlow(name, 'Basic Prompting', 'ChatInput')

/** A flow that says what a file holds. */
export const readerFlow = (name: string): Promise<FlowCreate> => saidFlow(name, 'Document Q&A', 'File')

/** The message of one node of a starter, said by its Chat Output. */
async function saidFlow(name: string, starterName: string, type: 'ChatInput' | 'File'): Promise<FlowCreate> {
  const file = join(import.meta.dirname, `../starters/${starterName}.json`)
  const starter: { readonly data: { readonly nodes: readonly unknown[] } } = JSON.parse(await readFile(file, 'utf8'))
  const nodes = starter.data.nodes.filter(
    (node) => isObject(node) && [type, 'ChatOutput'].includes(String(node.id).replace(/-.*/, '')),
  )
  const idOf = (kind: string) =>
    nodes.flatMap((node) => (isObject(node) && String(node.id).startsWith(kind) ? String(node.id) : []))[0] ?? ''
  const [source, target] = [idOf(type), idOf('ChatOutput')]
  const sourceHandle = { dataType: type, id: source, name: 'message', output_types: ['Message'] }
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
