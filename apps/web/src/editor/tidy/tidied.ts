import type { Point } from '../model/flow-document.ts'
import { FRAME_HEAD } from '../model/frames.ts'
import { inLayers, type LayerEdge } from './layers.ts'
import type { TidyInput, TidyItem } from './tidy-input.ts'

const GRID = 8
/** Between nodes that had to make way for one that keeps its place. */
const GAP = 48
/** Between a frame and what stands in it. */
const ROOM = 32

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** Where everything goes: places of nodes, and places with sizes of frames. */
export type Tidied = ReadonlyMap<string, Rect>

/**
 * Nodes in layers from left to right, near where they were. What stands in a frame is put in order there, and the frame
 * fitted around it; then frames stand among the nodes as if they were some. What is pinned stays, and others make way.
 */
export function tidied({ items, edges }: TidyInput): Tidied {
  const byFrame = Map.groupBy(items, ({ frame }) => frame)
  const ids = new Set(items.map(({ id }) => id))
  const done = new Map<string, Rect>()
  // Frames that are not put in order themselves keep their places; what was chosen in them is put in order there.
  const roots = [...byFrame.keys()].filter((frame) => frame === undefined || !ids.has(frame))
  for (const root of roots) arrange(byFrame.get(root) ?? [], { byFrame, edges, done })
  // A frame that keeps its place is fitted around what moved in it all the same.
  const kept = new Set(items.filter(({ isPinned, isOpen }) => isPinned && !isOpen).map(({ id }) => id))
  return new Map([...done].filter(([id]) => !kept.has(id)).map(([id, rect]) => [id, onGrid(rect)]))
}

interface Work {
  readonly byFrame: ReadonlyMap<string | undefined, readonly TidyItem[]>
  readonly edges: readonly LayerEdge[]
  readonly done: Map<string, Rect>
}

/** Puts what stands in one frame in order, from the inside out. */
function arrange(items: readonly TidyItem[], work: Work): void {
  const fitted = items.map((item) => (item.isOpen ? fittedFrame(item, work) : item))
  const owner = new Map(
    fitted.flatMap((item) => [item.id, ...inside(item.id, work)].map((id) => [id, item.id] as const)),
  )
  const edges = work.edges.flatMap((edge) => {
    const [source, target] = [owner.get(edge.source), owner.get(edge.target)]
    if (source === undefined || target === undefined || source === target) return []
    return [{ ...edge, source, target }]
  })
  const places = inLayers(fitted, edges)
  const anchored = shifted(fitted, places)
  for (const item of fitted) {
    const to = anchored.get(item.id) ?? item
    for (const id of inside(item.id, work)) {
      const rect = work.done.get(id)
      if (rect) work.done.set(id, { ...rect, x: rect.x + to.x - item.x, y: rect.y + to.y - item.y })
    }
    work.done.set(item.id, { x: to.x, y: to.y, width: item.width, height: item.height })
  }
}

/** The ids of everything in a frame, at any depth. */
function inside(frame: string, { byFrame }: Work): readonly string[] {
  return (byFrame.get(frame) ?? []).flatMap(({ id }) => [id, ...inside(id, { byFrame, edges: [], done: new Map() })])
}

/** A frame around its content in order; pinned when something in it is. */
function fittedFrame(frame: TidyItem, work: Work): TidyItem {
  const held = work.byFrame.get(frame.id) ?? []
  if (held.length === 0) return frame
  arrange(held, work)
  const rects = held.flatMap(({ id }) => work.done.get(id) ?? [])
  const [left, top] = [Math.min(...rects.map(({ x }) => x)), Math.min(...rects.map(({ y }) => y))]
  const right = Math.max(...rects.map(({ x, width }) => x + width))
  const bottom = Math.max(...rects.map(({ y, height }) => y + height))
  return {
    ...frame,
    x: left - ROOM,
    y: top - ROOM - FRAME_HEAD.height,
    width: right - left + 2 * ROOM,
    height: bottom - top + 2 * ROOM + FRAME_HEAD.height,
    isPinned: held.some(({ isPinned, id }) => isPinned || work.byFrame.get(id)?.some((inner) => inner.isPinned)),
  }
}

/** Moves an order of nodes to where they were: around what is pinned, else to the corner they began at. */
function shifted(items: readonly TidyItem[], places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const placeOf = ({ id, x, y }: TidyItem): Point => places.get(id) ?? { x, y }
  const pinned = items.filter(({ isPinned }) => isPinned)
  const by =
    pinned.length > 0
      ? {
          x: average(pinned.map((item) => item.x - placeOf(item).x)),
          y: average(pinned.map((item) => item.y - placeOf(item).y)),
        }
      : {
          x: Math.min(...items.map(({ x }) => x)) - Math.min(...items.map((item) => placeOf(item).x)),
          y: Math.min(...items.map(({ y }) => y)) - Math.min(...items.map((item) => placeOf(item).y)),
        }
  const result = new Map<string, Point>(pinned.map(({ id, x, y }) => [id, { x, y }]))
  const taken: Rect[] = [...pinned]
  const others = items
    .filter(({ isPinned }) => !isPinned)
    .map((item) => ({ ...item, x: placeOf(item).x + by.x, y: placeOf(item).y + by.y }))
    .sort((a, b) => a.y - b.y)
  for (const item of others) {
    const rect = pinned.length === 0 ? item : free(item, taken)
    taken.push(rect)
    result.set(item.id, { x: rect.x, y: rect.y })
  }
  return result
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Moved down until nothing is in the way. */
function free(wanted: Rect, taken: readonly Rect[]): Rect {
  let rect = wanted
  for (let other = blocking(rect, taken); other; other = blocking(rect, taken)) {
    rect = { ...rect, y: other.y + other.height + GAP }
  }
  return rect
}

const blocking = (rect: Rect, taken: readonly Rect[]): Rect | undefined =>
  taken.find(
    (other) =>
      rect.x < other.x + other.width &&
      other.x < rect.x + rect.width &&
      rect.y < other.y + other.height &&
      other.y < rect.y + rect.height,
  )

const onGrid = ({ x, y, width, height }: Rect): Rect => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
  width: Math.round(width),
  height: Math.round(height),
})
