import type { NodeRun } from '../run/node-run.ts'

/** When a node was at work in the last run. */
export interface TimelineRow {
  readonly nodeId: string
  readonly status: NodeRun['status']
  /** Milliseconds since the first node began. */
  readonly startMs: number
  readonly durationMs: number
}

/** The nodes of the last run in the order they began. @param now epoch milliseconds, where running nodes have got to */
export function timelineOf(nodes: ReadonlyMap<string, NodeRun>, since: number, now: number): readonly TimelineRow[] {
  const begun = [...nodes].flatMap(([nodeId, { status, startedAt, endedAt, duration }]) => {
    const began = startedAt ?? (endedAt === undefined ? undefined : endedAt - durationMsOf(duration))
    const isOfLastRun = began !== undefined && (endedAt ?? began) >= since
    return isOfLastRun ? [{ nodeId, status, startedAt: began, endedAt: endedAt ?? now }] : []
  })
  const first = Math.min(...begun.map(({ startedAt }) => startedAt))
  return begun
    .sort((a, b) => a.startedAt - b.startedAt)
    .map(({ nodeId, status, startedAt, endedAt }) => ({
      nodeId,
      status,
      startMs: startedAt - first,
      durationMs: Math.max(0, endedAt - startedAt),
    }))
}

const UNITS: readonly (readonly [RegExp, ms: number])[] = [
  [/([\d.]+)\s*(?:ms|millisecond)/, 1],
  [/([\d.]+)\s*(?:s\b|second)/, 1000],
  [/([\d.]+)\s*min/, 60_000],
]

/** Milliseconds of a duration as the server says it: `15 ms`, `1 minute, 1.03 seconds`. */
export const durationMsOf = (text = ''): number =>
  UNITS.reduce((sum, [pattern, ms]) => sum + Number(pattern.exec(text)?.[1] ?? 0) * ms, 0)
