import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId } from './examples.ts'
import { Uuid } from './identifiers.ts'

const Day = z.iso.date().meta({ wire: { type: 'string', format: 'date' } })
const GroupBy = z.enum(['day', 'flow', 'key'])
export type GroupBy = z.output<typeof GroupBy>

export const UsageSum = z.object({
  calls: z.number().int(),
  /** Failed, or refused because they did not fit the contract. */
  errors: z.number().int(),
  /** Refused by a rate limit; not among the calls. */
  limited: z.number().int(),
  /** Answered from the cache. */
  cached: z.number().int(),
  /** Milliseconds, within five in a hundred; null without calls that ran. */
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  /** US dollars; null when the price of none of the models is known. */
  cost: z.number().nullable(),
  /** Tokens of models without a known price: the cost is higher by what they cost. */
  unpriced_tokens: z.number().int(),
})
export type UsageSum = z.output<typeof UsageSum>

/** Keys that the groups do not tell apart are null. */
export const UsageRow = UsageSum.extend({
  /** UTC. */
  day: z.string().nullable(),
  flow_id: z.string().nullable(),
  /** Null for a flow that is gone. */
  flow_name: z.string().nullable(),
  key_id: z.string().nullable(),
  key_name: z.string().nullable(),
})
export type UsageRow = z.output<typeof UsageRow>

const exampleSum = {
  calls: 42,
  errors: 1,
  limited: 0,
  cached: 7,
  p50_ms: 812,
  p95_ms: 2101,
  input_tokens: 5120,
  output_tokens: 9310,
  cost: 0.006354,
  unpriced_tokens: 0,
}

const query = z.object({
  /** Days, both included; the last thirty unless given. */
  from: Day.optional(),
  to: Day.optional(),
  flow_id: Uuid.optional(),
  /** `none`: calls without a key. */
  key_id: z.string().optional(),
  group_by: z.array(GroupBy).optional(),
})

export const readUsage = defineEndpoint({
  method: 'GET',
  path: '/api/v1/usage',
  tag: 'Usage',
  summary: 'Read how much your flows are called, by day, flow and key, or by those of the three that are named',
  access: 'user',
  query,
  response: z.object({ from: z.string(), to: z.string(), total: UsageSum, rows: z.array(UsageRow) }),
  examples: {
    response: {
      from: '2026-01-01',
      to: '2026-01-31',
      total: exampleSum,
      rows: [
        {
          day: '2026-01-05',
          flow_id: exampleFlowId,
          flow_name: 'Basic Prompting',
          key_id: 'b74ab634-eb2a-4f11-abfb-441372ce89cf',
          key_name: 'My key',
          ...exampleSum,
        },
      ],
    },
  },
})

export const downloadUsage = defineEndpoint({
  ...readUsage,
  path: '/api/v1/usage/csv',
  summary: 'Download the same as CSV',
  response: z.string(),
  responseType: 'text/csv; charset=utf-8',
  examples: {},
})

/** What one model was used for. */
export const ModelUsageRow = z.object({
  /** UTC. */
  day: z.string(),
  flow_id: z.string(),
  /** Null for a flow that is gone. */
  flow_name: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  calls: z.number().int(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  /** US dollars; null when the price of the model is not known. */
  cost: z.number().nullable(),
})
export type ModelUsageRow = z.output<typeof ModelUsageRow>

export const readModelUsage = defineEndpoint({
  method: 'GET',
  path: '/api/v1/usage/models',
  tag: 'Usage',
  summary: 'Read what the models of your flows are used for and what they cost, by day, flow and model',
  access: 'user',
  query: query.pick({ from: true, to: true, flow_id: true }),
  response: z.object({ from: z.string(), to: z.string(), rows: z.array(ModelUsageRow) }),
  examples: {
    response: {
      from: '2026-01-01',
      to: '2026-01-31',
      rows: [
        {
          day: '2026-01-05',
          flow_id: exampleFlowId,
          flow_name: 'Basic Prompting',
          provider: 'OpenAI',
          model: 'gpt-4o-mini',
          calls: 12,
          input_tokens: 5120,
          output_tokens: 9310,
          cost: 0.006354,
        },
      ],
    },
  },
})
