import type { ResultData } from '@runnel/engine/wire-result'
import { startV2Run, stopV2Run, type V2Job, type V2Output, type V2RunAnswer } from '@runnel/protocol/v2-workflows'
import type { RunRecord } from '@runnel/storage/run-records'
import { isoMicroseconds } from '../http/dates.ts'

type Answered = Pick<RunRecord, 'id' | 'flowId' | 'sessionId'>

const timestamp = (time: number): string => `${isoMicroseconds(time)}+00:00`

/** A run that has not answered, or never will. */
export const jobOf = (
  { id, flowId }: Pick<RunRecord, 'id' | 'flowId'>,
  status: V2Job['status'],
  now: number,
): V2Job => ({
  job_id: id,
  flow_id: flowId,
  object: 'job',
  created_timestamp: timestamp(now),
  status,
  links: { status: `${startV2Run.path}?job_id=${id}`, stop: stopV2Run.path },
  errors: [],
  globals: {},
})

/** What a run has given: the results of the nodes that nothing follows. */
export function completedAnswer(
  run: Answered,
  results: readonly ResultData[],
  inputs: V2RunAnswer['inputs'],
  now: number,
): V2RunAnswer {
  const outputs = Object.fromEntries(results.map((result) => [result.component_id, outputOf(result)]))
  return {
    ...frame(run, inputs, now),
    session_id: run.sessionId,
    status: 'completed',
    output: outcome(outputs),
    outputs,
    has_errors: false,
  }
}

/** What is told of a run that has failed while somebody waited for it. */
export const failedAnswer = (
  run: Answered,
  { code, message }: { readonly code: string; readonly message: string },
  inputs: V2RunAnswer['inputs'],
  now: number,
): V2RunAnswer => ({
  ...frame(run, inputs, now),
  session_id: null,
  status: 'failed',
  output: { reason: 'failed', text: null, source: null },
  errors: [{ error: message, code, details: {} }],
  outputs: {},
  has_errors: true,
})

const frame = ({ id, flowId }: Answered, inputs: V2RunAnswer['inputs'], now: number) =>
  ({
    flow_id: flowId,
    job_id: id,
    object: 'response',
    created_timestamp: timestamp(now),
    errors: [],
    warnings: [],
    inputs,
    globals: {},
    human_request: null,
  }) satisfies Partial<V2RunAnswer>

function outputOf({ component_id, component_display_name, outputs }: ResultData): V2Output {
  const [first] = Object.values(outputs)
  return {
    type: first === undefined || first.type === 'text' ? 'message' : first.type,
    status: 'completed',
    display_name: component_display_name,
    content: first?.message ?? null,
    // The id of a node is its type and a few letters of its own.
    metadata: { component_type: component_id.replace(/-[^-]*$/, '') },
  }
}

/** The text of the one output that says something. */
function outcome(outputs: V2RunAnswer['outputs']): V2RunAnswer['output'] {
  const all = Object.entries(outputs)
  const texts = all.flatMap(([source, { content }]) => (typeof content === 'string' ? [{ text: content, source }] : []))
  const [first] = texts
  if (first && texts.length === 1) return { reason: 'single', ...first }
  if (first) return { reason: 'multiple', text: null, source: null }
  return { reason: all.length > 0 ? 'non_string' : 'none', text: null, source: null }
}
