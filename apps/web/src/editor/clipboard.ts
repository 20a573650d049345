import { type Fragment, fragmentOf } from './commands/duplicate.ts'
import { withoutKeys } from './export-flow.ts'
import { type FlowDocument, readDocument } from './model/flow-document.ts'

/** What is copied says what it is, so that other tabs and browsers can paste it. */
const KIND = 'runnel/flow-fragment'

/** The text of the clipboard for some nodes. Secrets stay behind. */
export function printFragment(document: FlowDocument, ids: ReadonlySet<string>): string {
  const { nodes, edges } = fragmentOf(document, ids)
  return JSON.stringify({ kind: KIND, nodes: nodes.map(withoutKeys), edges })
}

/** Reads what was copied: a fragment, or a whole flow file. Undefined when the text is neither. */
export function parseFragment(text: string): Fragment | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const graph = hasNodes(value) ? value : isFile(value) ? value.data : undefined
  if (!graph) return undefined
  const { nodes, edges } = readDocument(graph)
  return nodes.length > 0 ? { nodes, edges } : undefined
}

const hasNodes = (value: unknown): value is { readonly nodes: unknown } =>
  typeof value === 'object' && value !== null && 'nodes' in value && Array.isArray(value.nodes)

const isFile = (value: unknown): value is { readonly data: { readonly nodes: unknown } } =>
  typeof value === 'object' && value !== null && 'data' in value && hasNodes(value.data)
