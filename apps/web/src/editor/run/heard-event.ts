import { type FlowDocument, nodeOf } from '../model/flow-document.ts'
import type { BuildEvent } from './build-events.ts'
import { idleNode, type NodeRun, restingStatus } from './node-run.ts'
import type { NodeTimes } from './run-clock.ts'

export interface HeardContext {
  readonly nodes: ReadonlyMap<string, NodeRun>
  readonly ranWith: FlowDocument | undefined
  readonly timesOf: (build: Extract<BuildEvent, { event: 'end_vertex' }>['data']['build_data']) => NodeTimes
  /** Epoch milliseconds. */
  readonly now: number
}

/** What an event says of nodes. Those that begin now are the last ones. */
export function heardOf(
  event: BuildEvent,
  { nodes, ranWith, timesOf, now }: HeardContext,
): readonly (readonly [nodeId: string, change: Partial<NodeRun>])[] {
  const running = (id: string) => [id, { status: 'running', startedAt: now }] as const
  switch (event.event) {
    case 'vertices_sorted': {
      const queued = (id: string) => [id, { ...idleNode, status: 'queued', before: beforeOf(nodes.get(id)) }] as const
      return [...event.data.to_run.map(queued), ...event.data.ids.map(running)]
    }
    case 'build_start':
      // One without a node says that the whole build begins.
      return event.data.id === undefined ? [] : [running(event.data.id)]
    case 'build_end': {
      // A tool has answered an agent; its node was there before.
      const { id } = event.data
      return nodes.get(id)?.status === 'running' ? [[id, { status: restingStatus(nodes.get(id)) }]] : []
    }
    case 'end_vertex': {
      const { id, valid, params, data, inactivated_vertices, next_vertices_ids = [] } = event.data.build_data
      const change: Partial<NodeRun> = {
        status: !valid ? 'failed' : isStopped(ranWith, id) ? 'skipped' : 'done',
        message: valid ? undefined : params,
        duration: data.duration,
        ...timesOf(event.data.build_data),
        outputs: data.outputs,
        results: data.results ?? {},
        logs: data.logs ?? {},
        isFrozenResult: data.used_frozen_result === true,
        tokens: data.token_usage?.total_tokens ?? undefined,
        cost: data.cost,
        ranWith,
      }
      return [
        [id, change],
        ...(inactivated_vertices ?? []).map((skipped) => [skipped, { status: 'skipped' }] as const),
        ...next_vertices_ids.map(running),
      ]
    }
    default:
      return []
  }
}

/** What a node gave last, for whoever compares; a run that was stopped before it gave nothing takes nothing away. */
const beforeOf = (run: NodeRun | undefined): NodeRun['before'] =>
  run?.endedAt === undefined ? run?.before : { outputs: run.outputs, results: run.results, endedAt: run.endedAt }

/** Whether a node was switched off in the flow that was run, and had nothing to pass on. */
function isStopped(document: FlowDocument | undefined, id: string): boolean {
  const how = document && nodeOf(document, id)?.data.node.disabled
  return how === 'stop' || (how === 'pass' && !document?.edges.some(({ target }) => target === id))
}
