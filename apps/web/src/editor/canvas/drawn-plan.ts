import { edgesByNode } from '../model/connections.ts'
import type { ShownFlow } from '../model/frames.ts'
import { contains, type NodeSizes, overlaps, type Rect, rectOf, widened } from './node-sizes.ts'

/** With more than this many in view, a large flow is a picture; only what is pointed at or selected is an element. */
const MOST_IN_VIEW = 40
/** Elements are made this far beyond the view, as a share of it, before they are seen; anew when so little is left. */
const [AHEAD, LEFT] = [0.35, 0.04]
const MOST_SELECTED = 30
/** Elements out of view stay, in case it comes back, until there are this many. */
const MOST_KEPT = 48
/** So many go in one frame. */
const DROPPED_AT_ONCE = 6

/** Which nodes should be elements of the page. */
export interface Plan {
  /** At once, the most wanted first: what is seen. */
  readonly now: readonly string[]
  /** When there is time: what may be seen next, and what edges of these lead to. */
  readonly soon: readonly string[]
  /** How many others may stay. */
  readonly kept: number
  /** The part of the flow `soon` is about; undefined when the view shows too much to make it. */
  readonly covers: Rect | undefined
}

export interface Attention {
  /** In units of the flow. */
  readonly view: Rect
  readonly hovered: string | undefined
  readonly selected: Iterable<string>
}

/** @param before the plan of this document it takes the place of */
export function planOf(
  document: ShownFlow,
  sizes: NodeSizes,
  { view, hovered, selected }: Attention,
  before: Plan | undefined,
): Plan {
  const chosen = [...(hovered === undefined ? [] : [hovered]), ...selected].slice(0, MOST_SELECTED)
  const inView = nodesIn(document, sizes, view)
  if (inView.length > MOST_IN_VIEW)
    return { now: withNeighbours(document, chosen), soon: [], kept: 0, covers: undefined }
  const now = [...chosen, ...inView]
  if (before?.covers && contains(before.covers, widened(view, LEFT))) return { ...before, now }
  const covers = widened(view, AHEAD)
  const near = nodesIn(document, sizes, covers)
  return { now, soon: withNeighbours(document, near).slice(0, MOST_KEPT), kept: MOST_KEPT, covers }
}

/**
 * The elements one frame later: `room` more of those wanted, and while the view rests a few less of those that are not.
 * The same set when there is nothing to do.
 */
export function nextDrawn(
  drawn: ReadonlySet<string>,
  { now, soon, kept }: Plan,
  { room, isMoving }: { readonly room: number; readonly isMoving: boolean },
): ReadonlySet<string> {
  const missing = [...new Set(isMoving ? now : [...now, ...soon])].filter((id) => !drawn.has(id)).slice(0, room)
  if (missing.length > 0) return new Set([...drawn, ...missing])
  if (isMoving) return drawn
  const wanted = new Set([...now, ...soon])
  // Those that came first have been out of view the longest.
  const others = [...drawn].filter((id) => !wanted.has(id))
  const dropped = others.slice(0, Math.min(DROPPED_AT_ONCE, Math.max(0, drawn.size - Math.max(kept, wanted.size))))
  return dropped.length === 0 ? drawn : new Set([...drawn].filter((id) => !dropped.includes(id)))
}

/** The nodes in a part of the flow, those in its middle first. */
function nodesIn(document: ShownFlow, sizes: NodeSizes, part: Rect): readonly string[] {
  const [x, y] = [part.x + part.width / 2, part.y + part.height / 2]
  return document.nodes
    .map((node) => ({ id: node.id, rect: rectOf(node, sizes) }))
    .filter(({ rect }) => overlaps(rect, part))
    .map(({ id, rect }) => ({ id, away: Math.hypot(rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y) }))
    .sort((one, other) => one.away - other.away)
    .map(({ id }) => id)
}

/** Nodes and those an edge leads to from there, so that such edges have both their ends. */
function withNeighbours(document: ShownFlow, nodeIds: readonly string[]): readonly string[] {
  const edgesOf = edgesByNode(document.edges)
  const ends = (id: string): readonly string[] =>
    (edgesOf.get(id) ?? []).flatMap(({ source, target }) => [source, target])
  return [...new Set([...nodeIds, ...nodeIds.flatMap(ends)])]
}
