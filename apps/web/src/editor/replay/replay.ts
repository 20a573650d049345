import { isObject } from '@runnel/protocol/json'
import type { RunStepRead } from '@runnel/protocol/monitor'
import { timeOf } from '../../ui/time.tsx'
import { idleNode, type NodeRun, type ShownOutput } from '../run/node-run.ts'

/** A moment of a run at which something changed: a node began, or was done. */
export interface ReplayStop {
  readonly kind: 'begin' | 'end'
  readonly step: RunStepRead
  /** Milliseconds since the first node began. */
  readonly atMs: number
}

/** What there is to see of a run, in the order it happened. A node that ran again has stops for each time. */
export function stopsOf(steps: readonly RunStepRead[]): readonly ReplayStop[] {
  const first = Math.min(...steps.map((step) => timeOf(step.started_at)))
  return steps
    .flatMap((step, index) => {
      const atMs = timeOf(step.started_at) - first
      return [
        { kind: 'begin', step, index, atMs },
        { kind: 'end', step, index, atMs: atMs + step.duration_ms },
      ] as const
    })
    .sort(
      (a, b) =>
        // Beginnings are kept to the millisecond; within one, steps stand in the order they ended.
        Math.floor(a.atMs) - Math.floor(b.atMs) ||
        a.index - b.index ||
        (a.kind === b.kind ? 0 : a.kind === 'begin' ? -1 : 1),
    )
    .map(({ kind, step, atMs }) => ({ kind, step, atMs }))
}

/** The nodes as they were after so many stops, and those still to come as waiting. */
export function nodesAfter(stops: readonly ReplayStop[], count: number): ReadonlyMap<string, NodeRun> {
  const nodes = new Map<string, NodeRun>()
  for (const { step } of stops) nodes.set(step.component_id, { ...idleNode, status: 'queued' })
  for (const { kind, step } of stops.slice(0, count)) {
    nodes.set(step.component_id, kind === 'begin' ? begun(step, nodes.get(step.component_id)) : done(step))
  }
  return nodes
}

/** What it gave the time before stays to be seen. */
const begun = (step: RunStepRead, before = idleNode): NodeRun => ({
  ...before,
  status: 'running',
  startedAt: timeOf(step.started_at),
  endedAt: undefined,
})

const done = (step: RunStepRead): NodeRun => ({
  ...idleNode,
  status: step.valid ? 'done' : 'failed',
  message: step.error ?? undefined,
  duration: `${Math.round(step.duration_ms)} ms`,
  startedAt: timeOf(step.started_at),
  endedAt: timeOf(step.started_at) + step.duration_ms,
  outputs: shownOutputs(step.outputs),
  logs: step.logs,
  tokens: step.token_usage?.total_tokens ?? undefined,
  cost: step.cost ?? undefined,
})

function shownOutputs(outputs: Readonly<Record<string, unknown>>): Readonly<Record<string, ShownOutput>> {
  const shown = Object.entries(outputs).flatMap(([name, output]) =>
    isObject(output) ? [[name, { message: output.message, type: String(output.type) }] as const] : [],
  )
  return Object.fromEntries(shown)
}

/** What a person had said to the flow, with the session it was said in. */
export function saidIn(steps: readonly RunStepRead[]): string | undefined {
  const asked = steps.find(({ component_id: id }) => id.startsWith('ChatInput'))
  const text = asked?.inputs.input_value
  return typeof text === 'string' ? text : undefined
}

const [SHORTEST_MS, LONGEST_MS] = [120, 2500]

/** How long a stop is shown while the run is played: as it was, but neither too short nor too long to watch. */
export function pauseAfter(stops: readonly ReplayStop[], count: number, speed: number): number {
  const [now, next] = [stops[count - 1]?.atMs ?? 0, stops[count]?.atMs ?? 0]
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (next - now) / speed))
}
