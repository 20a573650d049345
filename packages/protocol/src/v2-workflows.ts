import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleJobId, exampleSessionId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { isObject, type JsonObject } from './json.ts'

// Langflow's second API of runs: one endpoint for runs that are waited for and runs in the background.

const PATH = '/api/v2/workflows'
const LONGEST_NAME = 256
const LONGEST_VALUE = 65_536

const OpenObject = z
  .custom<JsonObject>(isObject, { message: 'Input should be a valid dictionary', params: { type: 'dict_type' } })
  .meta({ wire: { type: 'object', additionalProperties: true } })

export const V2RunBody = z.strictObject({
  flow_id: Uuid,
  /** Text of the chat inputs; they keep their own when it is empty. */
  input_value: z.string().default(''),
  mode: z.enum(['sync', 'background']).default('sync'),
  /** The conversation; the flow's id unless given. */
  session_id: z.string().max(1000).nullish(),
  /** Field values by node and field. */
  tweaks: OpenObject.default({}),
  /** Values of global variables for this run alone. */
  globals: z.record(z.string().min(1).max(LONGEST_NAME), z.string().max(LONGEST_VALUE)).default({}),
  /** The only nodes to answer with, of those that nothing follows. */
  output_ids: z.array(z.string()).nullish(),
  /** Of a background run: equal ones of a flow begin one run. */
  idempotency_key: z.string().min(1).max(255).nullish(),
})
export type V2RunBody = z.output<typeof V2RunBody>

const Output = z.object({
  type: z.string(),
  status: z.enum(['completed', 'failed']),
  display_name: z.string(),
  content: z.unknown(),
  metadata: z.object({ component_type: z.string() }),
})
export type V2Output = z.output<typeof Output>

export const V2RunAnswer = z.object({
  flow_id: z.string(),
  session_id: z.string().nullable(),
  job_id: z.string(),
  object: z.literal('response'),
  created_timestamp: z.string(),
  status: z.enum(['completed', 'failed']),
  output: z.object({
    reason: z.enum(['single', 'multiple', 'none', 'non_string', 'failed']),
    text: z.string().nullable(),
    source: z.string().nullable(),
  }),
  errors: z.array(z.object({ error: z.string(), code: z.string(), details: z.looseObject({}) })),
  warnings: z.array(z.string()),
  /** The tweaks. */
  inputs: OpenObject,
  /** Empty: their values are nobody's to read. */
  globals: z.object({}),
  outputs: z.record(z.string(), Output),
  human_request: z.null(),
  has_errors: z.boolean(),
})
export type V2RunAnswer = z.output<typeof V2RunAnswer>

export const V2Job = z.object({
  job_id: z.string(),
  flow_id: z.string(),
  object: z.literal('job'),
  created_timestamp: z.string(),
  status: z.enum(['queued', 'in_progress', 'cancelled']),
  links: z.object({ status: z.string(), stop: z.string() }),
  errors: z.array(z.unknown()),
  globals: z.object({}),
})
export type V2Job = z.output<typeof V2Job>

const exampleJob: V2Job = {
  job_id: exampleJobId,
  flow_id: exampleFlowId,
  object: 'job',
  created_timestamp: '2026-01-05T17:20:18.482000+00:00',
  status: 'queued',
  links: { status: `${PATH}?job_id=${exampleJobId}`, stop: `${PATH}/stop` },
  errors: [],
  globals: {},
}

export const startV2Run = defineEndpoint({
  method: 'POST',
  path: PATH,
  tag: 'Run',
  summary: 'Run a flow and answer with its outputs, or begin it in the background and answer with its job',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  body: V2RunBody,
  response: z.union([V2RunAnswer, V2Job]),
  examples: {
    body: { flow_id: exampleFlowId, input_value: 'Hello', mode: 'background', session_id: exampleSessionId },
    response: exampleJob,
  },
  errors: {
    404: 'No flow of yours has this id',
    408: 'The run took too long',
    422: 'The body does not fit, or output_ids names a node that does not answer',
    503: 'The queue of runs is full, or the server is shutting down',
  },
})

export const readV2Run = defineEndpoint({
  method: 'GET',
  path: PATH,
  tag: 'Run',
  summary: 'The state of a run by the id of its job, and what it answers once it has succeeded',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  query: z.object({ job_id: Uuid.optional() }),
  response: z.union([V2RunAnswer, V2Job]),
  examples: { response: { ...exampleJob, status: 'in_progress' } },
  errors: { 400: 'No job_id was given', 404: 'No job of yours has this id', 500: 'The run failed' },
})

export const stopV2Run = defineEndpoint({
  method: 'POST',
  path: `${PATH}/stop`,
  tag: 'Run',
  summary: 'Stop a run in the background; one that has ended stays as it is',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  body: z.strictObject({ job_id: Uuid }),
  response: z.object({ job_id: z.string(), message: z.string() }),
  examples: {
    body: { job_id: exampleJobId },
    response: { job_id: exampleJobId, message: `Job ${exampleJobId} cancelled successfully.` },
  },
  errors: { 404: 'No job of yours has this id', 409: 'The run is none in the background' },
})
