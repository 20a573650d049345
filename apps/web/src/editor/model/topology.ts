import type { FlowDocument, FlowEdge } from './flow-document.ts'
import { canvasHandles } from './handles.ts'

/** Nodes in the order they would run; those beside one another from top to bottom, left to right. */
export function readingOrder({ nodes, edges }: FlowDocument): readonly string[] {
  const waiting = new Map(nodes.map(({ id }) => [id, 0]))
  const next = new Map<string, string[]>()
  for (const edge of edges) {
    if (!waiting.has(edge.source) || !waiting.has(edge.target)) continue
    if (canvasHandles(edge).target?.startsWith('loop:')) continue
    waiting.set(edge.target, (waiting.get(edge.target) ?? 0) + 1)
    next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target])
  }
  const place = new Map(nodes.map(({ id, position }) => [id, position]))
  const byPlace = (a: string, b: string): number => {
    const [from, to] = [place.get(a), place.get(b)]
    return from && to ? from.x - to.x || from.y - to.y : 0
  }
  const order: string[] = []
  let ready = nodes
    .filter(({ id }) => waiting.get(id) === 0)
    .map(({ id }) => id)
    .sort(byPlace)
  const seen = new Set<string>()
  while (ready.length > 0) {
    const following: string[] = []
    for (const id of ready) {
      if (seen.has(id)) continue
      seen.add(id)
      order.push(id)
      for (const target of next.get(id) ?? []) {
        const left = (waiting.get(target) ?? 1) - 1
        waiting.set(target, left)
        if (left === 0) following.push(target)
      }
    }
    ready = following.sort(byPlace)
  }
  // What stands in a circle has no order of its own.
  return [
    ...order,
    ...nodes
      .map(({ id }) => id)
      .filter((id) => !seen.has(id))
      .sort(byPlace),
  ]
}

/** A node and everything its value depends on. */
export const upstreamOf = (document: FlowDocument, id: string): ReadonlySet<string> => neededBy(document, [id])

/** A node and everything that depends on its value. */
export const downstreamOf = ({ edges }: FlowDocument, id: string): ReadonlySet<string> =>
  reachedFrom(
    [id],
    Map.groupBy(edges, ({ source }) => source),
    ({ target }) => target,
  )

/** Which part of a flow a run is about; what the server begins with by itself when nothing is given. */
export interface RunPart {
  /** Only what this node needs, and the node. */
  readonly stopAt?: string | undefined
  /** Only what this node leads to, with what that needs besides. */
  readonly startAt?: string | undefined
  /** All of it, what nothing joins to the chat input too. */
  readonly toAllEnds?: boolean | undefined
}

export const WHOLE: RunPart = { toAllEnds: true }

/** The nodes a run involves; undefined: all of them. */
export function involvedNodes(
  document: FlowDocument,
  { stopAt, startAt, toAllEnds }: RunPart,
): ReadonlySet<string> | undefined {
  if (stopAt === undefined && startAt === undefined) return toAllEnds ? undefined : joinedToChat(document)
  const needed = stopAt === undefined ? undefined : upstreamOf(document, stopAt)
  if (startAt === undefined) return needed
  const led = neededBy(document, downstreamOf(document, startAt))
  return needed ? led.intersection(needed) : led
}

/**
 * A lone chat input begins a run, which then comes to all that edges join to it; undefined: nothing is left out. Whoever
 * asks in a chat waits for an answer: where the input leads to no chat output, what keeps that from answering counts too.
 */
function joinedToChat({ nodes, edges }: FlowDocument): ReadonlySet<string> | undefined {
  const idsOf = (type: string) => nodes.filter(({ data }) => data.type === type).map(({ id }) => id)
  const chats = idsOf('ChatInput')
  if (chats.length !== 1 || edges.some(({ target }) => chats.includes(target))) return undefined
  const bySource = Map.groupBy(edges, ({ source }) => source)
  const byTarget = Map.groupBy(edges, ({ target }) => target)
  const found = new Set(chats)
  for (const one of found) {
    for (const { target } of bySource.get(one) ?? []) found.add(target)
    for (const { source } of byTarget.get(one) ?? []) found.add(source)
  }
  const answers = idsOf('ChatOutput')
  return answers.length > 0 && !answers.some((id) => found.has(id)) ? undefined : found
}

const neededBy = ({ edges }: FlowDocument, ids: Iterable<string>): ReadonlySet<string> =>
  reachedFrom(
    ids,
    Map.groupBy(edges, ({ target }) => target),
    ({ source }) => source,
  )

function reachedFrom(
  ids: Iterable<string>,
  edgesAt: ReadonlyMap<string, readonly FlowEdge[]>,
  farEnd: (edge: FlowEdge) => string,
): ReadonlySet<string> {
  const found = new Set<string>(ids)
  // A set takes in what is added while it is walked through.
  for (const one of found) for (const edge of edgesAt.get(one) ?? []) found.add(farEnd(edge))
  return found
}
