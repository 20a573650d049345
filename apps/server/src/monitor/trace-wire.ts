import type { TraceSpan } from '@runnel/protocol/monitor'
import type { RunRecord, RunStepRecord } from '@runnel/storage/run-records'
import { dollars } from '../runs/run-costs.ts'
import type { KeptSpan } from '../runs/span-printer.ts'
import { inputsOf, resultOf, zoned } from './step-wire.ts'

const PLAIN = { model: null, token_usage: null, cost: null, retries: 0, logs: null } as const

/** A run as spans: the run first, each node below it, and what a node did inside below the node. */
export const toTrace = (run: RunRecord, steps: readonly RunStepRecord[]): readonly TraceSpan[] => [
  {
    ...PLAIN,
    id: run.id,
    parent_id: null,
    kind: 'flow',
    name: '',
    node_id: null,
    started_at: zoned(run.startedAt),
    duration_ms: run.endedAt === null ? null : run.endedAt - run.startedAt,
    error: run.error,
    input: run.said,
    output: run.answered,
    token_usage: tokensOf({ input_tokens: run.inputTokens, output_tokens: run.outputTokens }),
    cost: dollars(run.cost),
  },
  ...steps
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .flatMap((step) => [spanOfStep(step), ...spansIn(step).map((span, place) => spanInside(step, span, place))]),
]

function spanOfStep(step: RunStepRecord): TraceSpan {
  const { component_display_name, outputs, logs, token_usage } = resultOf(step)
  const kept = Object.entries(logs).filter(([, entries]) => entries.length > 0)
  return {
    ...PLAIN,
    id: step.id,
    parent_id: step.runId,
    kind: 'component',
    name: component_display_name,
    node_id: step.nodeId,
    started_at: zoned(step.startedAt),
    duration_ms: step.durationMs,
    error: step.error,
    input: inputsOf(step),
    output: { ...outputs },
    logs: kept.length > 0 ? Object.fromEntries(kept) : null,
    token_usage: token_usage && tokensOf(token_usage),
    cost: dollars(step.cost),
  }
}

function spanInside(step: RunStepRecord, span: KeptSpan, place: number): TraceSpan {
  const { kind, name, nodeId, parent, startedAt, durationMs, input, output, usage, model, error, retries, cost } = span
  return {
    ...PLAIN,
    id: `${step.id}.${place}`,
    parent_id: parent === null ? step.id : `${step.id}.${parent}`,
    kind,
    name,
    node_id: nodeId ?? step.nodeId,
    started_at: zoned(startedAt),
    duration_ms: durationMs,
    error: error ?? null,
    input: input ?? null,
    output: output ?? null,
    model: model ? { provider: model.provider, model: model.model, settings: { ...model.settings } } : null,
    token_usage: usage ? tokensOf(usage) : null,
    cost: cost ?? null,
    retries: retries ?? 0,
  }
}

// Written by `createSpanPrinter`.
const spansIn = ({ spans }: RunStepRecord): readonly KeptSpan[] => (spans === null ? [] : JSON.parse(spans))

/** Null for none. */
function tokensOf({ input_tokens, output_tokens }: Record<'input_tokens' | 'output_tokens', number>) {
  const total_tokens = input_tokens + output_tokens
  return total_tokens === 0 ? null : { input_tokens, output_tokens, total_tokens }
}
