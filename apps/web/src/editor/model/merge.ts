import type { FlowDocument } from './flow-document.ts'

export interface Merge {
  readonly document: FlowDocument
  /** Ids of nodes both sides changed in ways that cannot both hold; `document` has mine there. */
  readonly conflicts: readonly string[]
}

interface Identified {
  readonly id: string
}

/**
 * Takes changes two sides made to the same document together: nodes by id, within a node its position and its fields
 * one by one. What both changed the same way is no conflict; what one deleted and the other changed stays, changed.
 */
export function mergeDocuments(base: FlowDocument, mine: FlowDocument, theirs: FlowDocument): Merge {
  if (mine === theirs || theirs === base) return { document: mine, conflicts: [] }
  if (mine === base) return { document: keepSame(mine, theirs), conflicts: [] }
  const conflicts: string[] = []
  const nodes = mergeLists(base.nodes, mine.nodes, theirs.nodes, (before, ours, others) => {
    const [merged, isWhole] = mergeValues(before, ours, others)
    if (!isWhole) conflicts.push(ours.id)
    return merged
  })
  const present = new Set(nodes.map(({ id }) => id))
  const edges = mergeLists(base.edges, mine.edges, theirs.edges, (_, ours) => ours).filter(
    ({ source, target }) => present.has(source) && present.has(target),
  )
  return { document: { ...theirs, ...mine, nodes, edges }, conflicts }
}

/** Theirs, with my objects wherever they say the same, so that only what is new is drawn anew. */
function keepSame(mine: FlowDocument, theirs: FlowDocument): FlowDocument {
  const keep = <Item extends Identified>(own: readonly Item[], others: readonly Item[]): readonly Item[] => {
    const byId = new Map(own.map((item) => [item.id, item]))
    return others.map((item) => {
      const known = byId.get(item.id)
      return known && isSame(known, item) ? known : item
    })
  }
  return { ...theirs, nodes: keep(mine.nodes, theirs.nodes), edges: keep(mine.edges, theirs.edges) }
}

function mergeLists<Item extends Identified>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  both: (before: Item, ours: Item, others: Item) => Item,
): readonly Item[] {
  const byId = (list: readonly Item[]): ReadonlyMap<string, Item> => new Map(list.map((item) => [item.id, item]))
  const [before, others] = [byId(base), byId(theirs)]
  const ours = byId(mine)
  const merged: Item[] = []
  for (const item of mine) {
    const [was, other] = [before.get(item.id), others.get(item.id)]
    if (other === undefined) {
      // They deleted it, or I added it: it goes only when I left it as it was.
      if (was === undefined || !isSame(was, item)) merged.push(item)
    } else if (was === undefined) merged.push(item)
    else merged.push(isSame(was, other) ? item : isSame(was, item) ? other : both(was, item, other))
  }
  for (const item of theirs) {
    if (ours.has(item.id)) continue
    const was = before.get(item.id)
    // I deleted it, or they added it: it comes back when they changed it.
    if (was === undefined || !isSame(was, item)) merged.push(item)
  }
  return merged
}

/** Values both sides changed. @returns the merged value, and whether nothing had to give way */
function mergeValues<Value>(base: unknown, mine: Value, theirs: unknown): readonly [Value, boolean] {
  if (isSame(mine, theirs) || isSame(base, theirs)) return [mine, true]
  // What I left alone is theirs; both come from the same place of the same document.
  if (isSame(base, mine)) return [theirs as Value, true]
  if (!isRecord(base) || !isRecord(mine) || !isRecord(theirs)) return [mine, false]
  let isWhole = true
  const merged: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [value, fits] = mergeValues(base[key], mine[key], theirs[key])
    if (value !== undefined) merged[key] = value
    isWhole &&= fits
  }
  return [merged as Value, isWhole]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equal by content; parts that are the same object are not looked into. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
}
