import type { FlowDocument } from '../model/flow-document.ts'

const known = new WeakMap<FlowDocument, WeakMap<FlowDocument, ReadonlySet<string>>>()
const none: ReadonlySet<string> = new Set()

/**
 * The nodes whose last value may no longer be right: they, or something they depend on, are other than when the flow
 * was run. Moving or renaming the parts of a flow changes nothing. Worked out once per document.
 */
export function staleNodes(document: FlowDocument, ranWith: FlowDocument | undefined): ReadonlySet<string> {
  if (!ranWith || document === ranWith) return none
  const found = known.get(document)?.get(ranWith)
  if (found) return found
  const stale = findStale(document, ranWith)
  const byRun = known.get(document) ?? new WeakMap<FlowDocument, ReadonlySet<string>>()
  byRun.set(ranWith, stale)
  known.set(document, byRun)
  return stale
}

/** What of a node its value depends on. */
const DECISIVE = ['template', 'tool_mode', 'disabled', 'pinned_outputs'] as const

function findStale(document: FlowDocument, ranWith: FlowDocument): ReadonlySet<string> {
  const before = new Map(ranWith.nodes.map((node) => [node.id, node.data.node]))
  const stale = new Set<string>()
  for (const { id, data } of document.nodes) {
    const was = before.get(id)
    if (was && DECISIVE.some((key) => was[key] !== data.node[key])) stale.add(id)
  }
  if (document.edges !== ranWith.edges) {
    const [now, then] = [new Set(document.edges), new Set(ranWith.edges)]
    for (const edge of document.edges) if (!then.has(edge)) stale.add(edge.target)
    for (const edge of ranWith.edges) if (!now.has(edge)) stale.add(edge.target)
  }
  if (stale.size === 0) return none
  const following = Map.groupBy(document.edges, ({ source }) => source)
  // A set takes in what is added while it is walked through.
  for (const id of stale) for (const { target } of following.get(id) ?? []) stale.add(target)
  return stale
}
