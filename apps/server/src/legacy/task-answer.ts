import type { ResultData } from '@runnel/engine/wire-result'
import type { TaskStatus } from '@runnel/protocol/legacy'
import type { RunRecord, RunStepRecord } from '@runnel/storage/run-records'
import { resultOf } from '../monitor/step-wire.ts'

/** The state of a run in the words of task queues. `steps` are those of the run, as they ended. */
export function taskAnswer(run: RunRecord, steps: readonly RunStepRecord[]): TaskStatus {
  switch (run.status) {
    case 'queued':
    case 'running':
      return { status: 'PENDING', result: null }
    case 'succeeded':
      return {
        status: 'SUCCESS',
        result: { session_id: run.sessionId, outputs: [{ inputs: {}, outputs: answers(steps) }] },
      }
    case 'failed':
      return { status: 'FAILURE', result: { error: failureOf(run, steps) } }
    case 'cancelled':
      return { status: 'REVOKED', result: null }
    default:
      return run.status satisfies never
  }
}

/** The sentence that names the component, where one has failed. */
function failureOf({ error, failedNodeId }: RunRecord, steps: readonly RunStepRecord[]): string {
  const failed = steps.find(({ nodeId, valid }) => nodeId === failedNodeId && !valid)
  return failed?.error ?? error ?? 'The run failed'
}

/** The last results of the nodes that answer: the chat outputs, or without any the nodes nothing follows. */
function answers(steps: readonly RunStepRecord[]): readonly ResultData[] {
  const last = [...new Map(steps.map((step) => [step.nodeId, step])).values()]
  const spoken = last.filter(({ nodeId }) => nodeId.toLowerCase().includes('chatoutput'))
  const answering = spoken.length > 0 ? spoken : last.filter(({ targetId }) => targetId === null)
  return answering.map(resultOf)
}
