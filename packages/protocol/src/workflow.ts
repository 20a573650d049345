import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleJobId } from './examples.ts'
import { isObject, type JsonObject } from './json.ts'
import { queryInteger } from './query.ts'

/** A failure of the workflow API: FlowAI's form, and `detail` for clients of the other API. */
export const WorkflowError = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown() }),
  detail: z.string(),
})

/** An object kept as it is; its keys are never copied, so that none of them can reach a prototype. */
const Input = z
  .custom<JsonObject>(isObject, { message: 'Input should be a valid dictionary', params: { type: 'dict_type' } })
  .meta({ wire: { type: 'object', additionalProperties: true, description: 'Values by the names of the inputs' } })

export const WorkflowRunBody = z.object({
  input: Input,
  stream: z.boolean().nullish(),
  session_id: z.string().max(1000).nullish(),
  version: z.number().int().min(1).nullish(),
})
export type WorkflowRunBody = z.output<typeof WorkflowRunBody>

export const WorkflowAnswer = z.object({
  /** A text or any JSON; of several outputs, an object by their names. */
  output: z.unknown(),
  /** Seconds. */
  total_time: z.number(),
  session_id: z.string(),
  run_id: z.string(),
  version: z.number().int(),
})
export type WorkflowAnswer = z.output<typeof WorkflowAnswer>

const workflow = z.object({ workflow_id: z.string() })
const notThere = { 404: 'No such workflow, or it is not published' }

export const runWorkflow = defineEndpoint({
  method: 'POST',
  path: '/v1/api/workflow/run/:workflow_id',
  tag: 'Workflows',
  summary: 'Run a published flow and answer with its output, or stream its events',
  role: 'runner',
  // A key is needed always, auto login or not: the handler sees to it itself.
  access: 'none',
  keyScope: 'run',
  params: workflow,
  body: WorkflowRunBody,
  response: WorkflowAnswer,
  examples: {
    body: { input: { text: 'Hello' } },
    response: {
      output: 'Hello to you.',
      total_time: 9.316849339000001,
      session_id: '01ce083d-748b-7b8d-97b6-33adbb6a528b',
      run_id: exampleJobId,
      version: 1,
    },
  },
  errors: {
    400: 'The body is not JSON, or does not fit the contract of the version',
    401: 'No valid API key was sent',
    404: 'No such workflow, or it is not published',
    409: 'The Idempotency-Key was used before with another body, or its run is still going on',
    413: 'The body is too large',
    429: 'Too many calls; Retry-After says when to call again',
    500: 'A node failed',
    503: 'Too many calls are running, or the server is shutting down',
    504: 'The run took too long',
  },
})

const version = z.object({ version: queryInteger({ min: 1 }).optional() })

export const describeWorkflow = defineEndpoint({
  method: 'GET',
  path: '/v1/api/workflow/:workflow_id/openapi.json',
  tag: 'Workflows',
  summary: 'Describe how a published flow is called, as an OpenAPI document; the newest version unless one is named',
  role: 'viewer',
  access: 'key',
  keyScope: 'run',
  params: workflow,
  query: version,
  response: z.looseObject({ openapi: z.string() }),
  examples: { response: { openapi: '3.1.0', info: { title: 'Basic Prompting', version: '1' }, paths: {} } },
  errors: notThere,
})

export const workflowTypes = defineEndpoint({
  method: 'GET',
  path: '/v1/api/workflow/:workflow_id/types.ts',
  tag: 'Workflows',
  summary: 'Describe what a published flow takes and gives, as a TypeScript file',
  role: 'viewer',
  access: 'key',
  keyScope: 'run',
  params: workflow,
  query: version,
  response: z.string(),
  responseType: 'text/plain; charset=utf-8',
  errors: notThere,
})
