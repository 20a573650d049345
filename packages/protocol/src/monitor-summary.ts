import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId } from './examples.ts'
import { Uuid } from './identifiers.ts'

export const SummaryRange = z.enum(['24h', '7d', '30d', '90d'])
export type SummaryRange = z.output<typeof SummaryRange>

/** How the runs of one time went. */
export const RunSummary = z.object({
  runs: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  /** Succeeded, of those that succeeded or failed: 0 to 1; null without any. */
  success_rate: z.number().nullable(),
  /** Milliseconds, within five in a hundred; null when none has ended. */
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  /** US dollars; null when of none the price is known. */
  cost: z.number().nullable(),
  /** Runs with tokens of models without a known price, and these tokens: the cost is higher by what they cost. */
  unpriced_runs: z.number().int(),
  unpriced_tokens: z.number().int(),
  /** Sessions that had runs; above 512 within some five in a hundred. */
  sessions: z.number().int(),
  thumbs_up: z.number().int(),
  thumbs_down: z.number().int(),
})
export type RunSummary = z.output<typeof RunSummary>

const Period = z.object({ from: z.string(), to: z.string(), totals: RunSummary })

export const MonitorSummary = Period.extend({
  slot: z.enum(['hour', 'day']),
  /** Every hour or day (UTC) of the range, also those without runs. */
  slots: z.array(RunSummary.extend({ at: z.string() })),
  /** About as long a time before; it ends with an hour. */
  previous: Period,
  /** By whole days (UTC), the costliest first. */
  models: z.object({
    from: z.string(),
    to: z.string(),
    rows: z.array(
      z.object({
        provider: z.string(),
        model: z.string(),
        calls: z.number().int(),
        /** Calls at no known price: they are not in the cost. */
        unpriced_calls: z.number().int(),
        input_tokens: z.number().int(),
        output_tokens: z.number().int(),
        cost: z.number().nullable(),
      }),
    ),
  }),
  /** The most frequent first, of the newest 2,000. Of everybody's runs, only codes are told. */
  errors: z.array(
    z.object({
      code: z.string().nullable(),
      message: z.string().nullable(),
      flow_id: z.string().nullable(),
      component_id: z.string().nullable(),
      /** What the component is called now; null once the flow has it no longer. */
      component_name: z.string().nullable(),
      runs: z.number().int(),
      last_at: z.string(),
    }),
  ),
  /** For how many days sums are kept, longer than runs: earlier runs are not counted. */
  kept_days: z.number().int(),
})
export type MonitorSummary = z.output<typeof MonitorSummary>

const exampleSum: RunSummary = {
  runs: 42,
  succeeded: 40,
  failed: 2,
  success_rate: 0.952,
  p50_ms: 812,
  p95_ms: 2101,
  input_tokens: 5120,
  output_tokens: 9310,
  cost: 0.0064,
  unpriced_runs: 1,
  unpriced_tokens: 300,
  sessions: 12,
  thumbs_up: 3,
  thumbs_down: 1,
}

export const readMonitorSummary = defineEndpoint({
  method: 'GET',
  path: '/api/v1/monitor/summary',
  tag: 'Monitor',
  summary: 'How your runs went in a time and the one before it: outcomes, durations, tokens, costs, sessions, failures',
  role: 'viewer',
  access: 'user',
  query: z.object({
    range: SummaryRange.default('7d'),
    flow_id: Uuid.optional(),
    project_id: Uuid.optional(),
    /** `instance`: everybody's runs; for superusers. */
    scope: z.enum(['own', 'instance']).default('own'),
  }),
  response: MonitorSummary,
  examples: {
    response: {
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-01-06T00:00:00.000Z',
      totals: exampleSum,
      slot: 'day',
      slots: [{ at: '2026-01-05T00:00:00.000Z', ...exampleSum }],
      previous: { from: '2026-01-04T00:00:00.000Z', to: '2026-01-05T00:00:00.000Z', totals: exampleSum },
      models: {
        from: '2026-01-05',
        to: '2026-01-05',
        rows: [
          {
            provider: 'OpenAI',
            model: 'gpt-4o-mini',
            calls: 12,
            unpriced_calls: 0,
            input_tokens: 5120,
            output_tokens: 9310,
            cost: 0.0064,
          },
        ],
      },
      errors: [
        {
          code: 'model_error',
          message: 'Invalid API key',
          flow_id: exampleFlowId,
          component_id: 'OpenAIModel-7AjrN',
          component_name: 'OpenAI',
          runs: 2,
          last_at: '2026-01-05T17:59:07.855Z',
        },
      ],
      kept_days: 400,
    },
  },
  errors: { 403: "The user doesn't have enough privileges" },
})
