import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleJobId, exampleSessionId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { Moment, PageNumber, PageSize, pageOf, queryInteger } from './query.ts'
import { exampleNodeBuild, exampleNodeIds } from './run-examples.ts'

const common = { tag: 'Monitor', access: 'user' } as const
const ofFlow = z.object({ flow_id: Uuid })

/** One build of one node. */
export const VertexBuild = z.object({
  timestamp: z.string(),
  /** The node's. */
  id: z.string(),
  data: z.looseObject({ results: z.looseObject({}), outputs: z.looseObject({}), timedelta: z.number() }),
  artifacts: z.looseObject({}),
  /** A listing of the artifacts for people, or the error. */
  params: z.string(),
  valid: z.boolean(),
  flow_id: z.string(),
  build_id: z.string(),
  /** The run it was part of. */
  job_id: z.string(),
})
export type VertexBuild = z.output<typeof VertexBuild>

export const listBuilds = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/builds',
  summary: 'The newest build of each node of a flow, by node',
  role: 'viewer',
  query: ofFlow,
  response: z.object({ vertex_builds: z.record(z.string(), z.array(VertexBuild)) }),
  examples: { response: { vertex_builds: { [exampleNodeBuild.id]: [exampleNodeBuild] } } },
})

export const deleteBuilds = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: '/api/v1/monitor/builds',
  summary: 'Forget the builds and transactions of a flow',
  role: 'editor',
  query: ofFlow,
  status: 204,
  response: z.undefined(),
})

export const Transaction = z.object({
  id: z.string(),
  timestamp: z.string(),
  vertex_id: z.string(),
  /** The node its output went to; null for the last. */
  target_id: z.string().nullable(),
  inputs: z.looseObject({}),
  outputs: z.looseObject({}),
  status: z.enum(['success', 'error']),
  error: z.string().nullable(),
  flow_id: z.string(),
})
export type Transaction = z.output<typeof Transaction>

const exampleTransaction = {
  id: '01ce083d-7493-75ba-aeb9-abc382eb6bf8',
  timestamp: exampleNodeBuild.timestamp,
  vertex_id: exampleNodeIds.input,
  target_id: exampleNodeIds.output,
  inputs: { input_value: 'Hello', sender: 'User', sender_name: 'User', session_id: exampleSessionId, files: [] },
  outputs: { message: { message: 'Hello', type: 'text' } },
  status: 'success',
  error: null,
  flow_id: exampleFlowId,
}

export const listTransactions = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/transactions',
  summary: 'What the nodes of a flow were given and gave, newest first; secrets are masked',
  role: 'viewer',
  query: ofFlow.extend({ page: PageNumber.default(1), size: PageSize.default(50) }),
  response: pageOf(Transaction),
  examples: { response: { items: [exampleTransaction], total: 1, page: 1, size: 50, pages: 1 } },
})

export const RunRead = z.object({
  /** Also the id of its job or task. */
  id: z.string(),
  flow_id: z.string(),
  session_id: z.string(),
  /** What began it: the API, the canvas, the playground, a webhook, a published flow's API, MCP, a test. */
  kind: z.enum(['run', 'build', 'playground', 'webhook', 'workflow', 'mcp', 'eval']),
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  started_at: z.string(),
  /** Null while it runs. */
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  /** How often it was begun. */
  attempts: z.number().int(),
  error: z.string().nullable(),
  error_code: z.string().nullable(),
  /** Id of the node that failed. */
  failed_component: z.string().nullable(),
  token_usage: z.object({
    input_tokens: z.number().int(),
    output_tokens: z.number().int(),
    total_tokens: z.number().int(),
  }),
  /** What its model calls cost, in US dollars; null when of none the price is known. */
  cost: z.number().nullable(),
  /** Tokens of models without a known price: the cost is higher by what they cost. */
  unpriced_tokens: z.number().int(),
  /** The beginning of what was said to it, and of what it answered. */
  input: z.string().nullable(),
  output: z.string().nullable(),
  /** The key it was called with, if with one. */
  key_id: z.string().nullable(),
  /** The name of the member of the project who began it; null: whose run it is. */
  started_by: z.string().nullable(),
  /** The published version it ran; null for the draft. */
  published_version: z.number().int().nullable(),
  /** Whether the graph it ran is kept. */
  has_graph: z.boolean(),
  /** What it was given and gave is not kept, as its project asks. */
  is_private: z.boolean(),
})
export type RunRead = z.output<typeof RunRead>

const exampleRun: RunRead = {
  id: exampleJobId,
  flow_id: exampleFlowId,
  session_id: exampleSessionId,
  kind: 'run',
  status: 'failed',
  started_at: '2026-01-05T17:59:07.855000Z',
  ended_at: '2026-01-05T17:59:08.105000Z',
  duration_ms: 250,
  attempts: 1,
  error: 'Invalid API key',
  error_code: 'model_error',
  failed_component: 'OpenAIModel-7AjrN',
  token_usage: { input_tokens: 12, output_tokens: 0, total_tokens: 12 },
  cost: 0.0000018,
  unpriced_tokens: 0,
  input: 'Hello',
  output: null,
  key_id: null,
  started_by: null,
  published_version: null,
  has_graph: true,
  is_private: false,
}

const Part = z.string().max(1000)
const Dollars = z.coerce
  .number()
  .min(0)
  .meta({ wire: { type: 'number', minimum: 0 } })

export const listRuns = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/runs',
  summary: 'Your runs, newest first: state, times, attempts, failing component and tokens',
  role: 'viewer',
  query: z.object({
    flow_id: Uuid.optional(),
    session_id: z.string().max(1000).optional(),
    status: RunRead.shape.status.optional(),
    kind: z.array(RunRead.shape.kind).optional(),
    /** Only runs that began in this time. */
    since: Moment.optional(),
    until: Moment.optional(),
    /** `none`: runs without a key. */
    key_id: z.union([Uuid, z.literal('none')]).optional(),
    /** The number of a published version, or `draft`. */
    version: z.union([z.literal('draft'), queryInteger({ min: 1 })]).optional(),
    /** Milliseconds, tokens and US dollars it took at least. */
    min_duration: queryInteger({ min: 0 }).optional(),
    min_tokens: queryInteger({ min: 0 }).optional(),
    min_cost: Dollars.optional(),
    /** Parts of what was said to it, of what it answered, of what went wrong. */
    input: Part.optional(),
    output: Part.optional(),
    error: Part.optional(),
    /** A part of what was said, answered or went wrong. */
    search: z.string().max(1000).optional(),
    before: Uuid.optional(),
    limit: queryInteger({ min: 1, max: 100 }).default(50),
  }),
  response: z.object({
    runs: z.array(RunRead),
    /** What to send as `before` for the next page; null on the last. */
    next: z.string().nullable(),
    /** For how many days runs are kept, and how many of them at most. */
    kept: z.object({ days: z.number().int(), runs: z.number().int() }),
  }),
  examples: { response: { runs: [exampleRun], next: null, kept: { days: 30, runs: 1_000_000 } } },
})

export const FlowRuns = z.object({
  flow_id: z.string(),
  /** As far as they are kept. */
  runs: z.number().int(),
  last: RunRead,
})
export type FlowRuns = z.output<typeof FlowRuns>

export const listFlowRuns = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/runs/by_flow',
  summary: 'How often each of your flows has run, and how it went the last time; flows that never ran are left out',
  response: z.object({ flows: z.array(FlowRuns) }),
  examples: { response: { flows: [{ flow_id: exampleFlowId, runs: 12, last: exampleRun }] } },
})

export const RunStepRead = z.object({
  component_id: z.string(),
  component_display_name: z.string(),
  started_at: z.string(),
  duration_ms: z.number(),
  valid: z.boolean(),
  error: z.string().nullable(),
  /** Argument values of the node; secrets are masked. */
  inputs: z.looseObject({}),
  outputs: z.looseObject({}),
  logs: z.looseObject({}),
  token_usage: z
    .object({
      input_tokens: z.number().int().nullable(),
      output_tokens: z.number().int().nullable(),
      total_tokens: z.number().int().nullable(),
    })
    .nullable(),
  /** As that of a run. */
  cost: z.number().nullable(),
})
export type RunStepRead = z.output<typeof RunStepRead>

export const readRun = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/runs/:run_id',
  summary: 'One run of yours, with its steps in the order they ended',
  role: 'viewer',
  params: z.object({ run_id: Uuid }),
  response: RunRead.extend({ steps: z.array(RunStepRead) }),
  examples: {
    response: {
      ...exampleRun,
      steps: [
        {
          component_id: 'OpenAIModel-7AjrN',
          component_display_name: 'OpenAI',
          started_at: '2026-01-05T17:59:07.861000Z',
          duration_ms: 243.5,
          valid: false,
          error: 'Invalid API key',
          inputs: { input_value: 'Hello', model_name: 'gpt-4o-mini', api_key: 'sk-1…wxyz' },
          outputs: {},
          logs: {},
          token_usage: null,
          cost: null,
        },
      ],
    },
  },
  errors: { 404: 'Run not found' },
})

/** A part of a run: the run itself, a node of it, or what a node did inside. */
export const TraceSpan = z.object({
  id: z.string(),
  /** The span it is a part of; null for the run. */
  parent_id: z.string().nullable(),
  kind: z.enum(['flow', 'component', 'model', 'tool', 'retriever']),
  name: z.string(),
  /** The node it belongs to, if any. */
  node_id: z.string().nullable(),
  started_at: z.string(),
  /** Null when it did not end. */
  duration_ms: z.number().nullable(),
  error: z.string().nullable(),
  /** Long texts are cut. */
  input: z.unknown(),
  output: z.unknown(),
  model: z.object({ provider: z.string(), model: z.string(), settings: z.record(z.string(), z.unknown()) }).nullable(),
  token_usage: z
    .object({ input_tokens: z.number().int(), output_tokens: z.number().int(), total_tokens: z.number().int() })
    .nullable(),
  /** US dollars; null when the price is not known. */
  cost: z.number().nullable(),
  /** Attempts after the first. */
  retries: z.number().int(),
  /** What a node logged, by output; null without any. */
  logs: z.looseObject({}).nullable(),
})
export type TraceSpan = z.output<typeof TraceSpan>

export const readRunTrace = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/runs/:run_id/trace',
  summary: 'One run of yours as spans: the run, its nodes, and the model calls, tools and retrievals inside of them',
  role: 'viewer',
  params: z.object({ run_id: Uuid }),
  response: z.object({ spans: z.array(TraceSpan) }),
  examples: {
    response: {
      spans: [
        {
          id: '01ce083d-7493-75ba-aeb9-abc382eb6bf8.0',
          parent_id: '01ce083d-7493-75ba-aeb9-abc382eb6bf8',
          kind: 'model',
          name: 'gpt-4o-mini',
          node_id: null,
          started_at: '2026-01-05T17:59:07.861000Z',
          duration_ms: 243.5,
          error: null,
          input: { messages: [{ role: 'user', content: 'Hello' }] },
          output: { text: 'Good day', finish_reason: 'stop' },
          model: { provider: 'OpenAI', model: 'gpt-4o-mini', settings: { temperature: 0.1 } },
          token_usage: { input_tokens: 12, output_tokens: 2, total_tokens: 14 },
          cost: 0.000003,
          retries: 0,
          logs: null,
        },
      ],
    },
  },
  errors: { 404: 'Run not found' },
})

export const readRunGraph = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/runs/:run_id/graph',
  summary: 'The graph one of your runs ran, without secrets and code',
  role: 'viewer',
  params: z.object({ run_id: Uuid }),
  response: z.object({ data: z.looseObject({}) }),
  examples: { response: { data: { nodes: [], edges: [] } } },
  errors: { 404: 'The graph of this run is not kept' },
})

export const deleteRuns = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: '/api/v1/monitor/runs',
  summary: 'Forget runs of yours with their steps; their messages stay, unknown ids are skipped',
  role: 'editor',
  roleOf: 'run',
  body: z.array(Uuid).max(1000),
  response: z.object({ deleted: z.number().int() }),
  examples: { body: [exampleRun.id], response: { deleted: 1 } },
})
