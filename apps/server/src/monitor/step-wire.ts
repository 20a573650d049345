import { readStoredResult } from '@runnel/engine/stored-result'
import type { ResultData } from '@runnel/engine/wire-result'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunStepRead, Transaction, VertexBuild } from '@runnel/protocol/monitor'
import type { RunStepRecord } from '@runnel/storage/run-records'
import { isoMicroseconds } from '../http/dates.ts'
import { costed, dollars } from '../runs/run-costs.ts'
import { artifactListing } from './artifact-listing.ts'
import { elapsedText } from './elapsed-text.ts'

/** `2024-12-23T19:10:58.772000Z` */
export const zoned = (time: number): string => `${isoMicroseconds(time)}Z`

/** What the node of a step gave, as a run answers it. */
export const resultOf = ({ data, nodeId, flowId, runId }: RunStepRecord): ResultData =>
  readStoredResult(data, { nodeId, flowId, runId })

const endOf = ({ startedAt, durationMs }: RunStepRecord): number => startedAt + Math.round(durationMs)

/** A step as the build of its node. */
export function toBuild(step: RunStepRecord): VertexBuild {
  const { results, outputs, logs, artifacts, used_frozen_result, token_usage } = resultOf(step)
  return {
    timestamp: zoned(endOf(step)),
    id: step.nodeId,
    data: {
      results: { ...results },
      outputs: { ...outputs },
      logs,
      message: artifacts,
      artifacts,
      timedelta: step.durationMs / 1000,
      duration: elapsedText(step.durationMs),
      used_frozen_result,
      token_usage,
      ...costed(step.cost),
    },
    artifacts: { ...artifacts },
    params: step.valid ? shownArtifacts(artifacts) : (step.params ?? step.error ?? 'None'),
    valid: step.valid,
    flow_id: step.flowId,
    build_id: step.id,
    job_id: step.runId,
  }
}

/** Only the artifacts of chat nodes are listed; those of others hold an entry for each output. */
const shownArtifacts = (artifacts: JsonObject): string =>
  typeof artifacts.type === 'string' ? artifactListing(artifacts) : 'None'

/** A step as the hand-over of its node's values. */
export function toTransaction(step: RunStepRecord): Transaction {
  return {
    id: step.id,
    timestamp: zoned(endOf(step)),
    vertex_id: step.nodeId,
    target_id: step.targetId,
    inputs: inputsOf(step),
    outputs: { ...resultOf(step).outputs },
    status: step.valid ? 'success' : 'error',
    error: step.error,
    flow_id: step.flowId,
  }
}

/** The argument values of a step, by the names of its fields. */
export function inputsOf(step: RunStepRecord): Record<string, unknown> {
  const inputs: unknown = JSON.parse(step.inputs)
  return isObject(inputs) ? { ...inputs } : {}
}

/** A step as a part of its run. */
export function toRunStep(step: RunStepRecord): RunStepRead {
  const { component_display_name, outputs, logs, token_usage } = resultOf(step)
  return {
    component_id: step.nodeId,
    component_display_name,
    started_at: zoned(step.startedAt),
    duration_ms: step.durationMs,
    valid: step.valid,
    error: step.error,
    inputs: inputsOf(step),
    outputs: { ...outputs },
    logs: { ...logs },
    token_usage: token_usage && {
      input_tokens: token_usage.input_tokens,
      output_tokens: token_usage.output_tokens,
      total_tokens: token_usage.total_tokens,
    },
    cost: dollars(step.cost),
  }
}
