import { z } from 'zod'
import { defineEndpoint, forVisitors } from './endpoint.ts'
import { exampleJobId, exampleSessionId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { isObject, type JsonObject } from './json.ts'
import { QueryFlag, queryBoolean, queryInteger } from './query.ts'
import { exampleBuiltNode, exampleNodeIds } from './run-examples.ts'

/** An object kept as it is: a node or edge of the editor. */
const OpenObject = z
  .custom<JsonObject>(isObject, { message: 'Input should be a valid dictionary', params: { type: 'dict_type' } })
  .meta({ wire: { type: 'object', additionalProperties: true } })

const ComponentId = z.string().nullish()

/** The input of a build. Keys that are not listed are refused. */
const BuildInputs = z.strictObject({
  input_value: z.string().nullish(),
  /** The conversation; the flow's id unless given. */
  session: z.string().max(1000).nullish(),
  /** Ids or display names of the only nodes that take the input. */
  components: z.array(z.string()).nullish(),
  type: z.enum(['chat', 'text', 'any']).nullish(),
  /** The browser's clock, epoch milliseconds. */
  client_request_time: z.number().int().nullish(),
})

/** The graph of the editor, which need not be saved. */
const BuildData = z.object({
  nodes: z.array(OpenObject),
  edges: z.array(OpenObject),
  viewport: OpenObject.nullish(),
})

const BuildFields = z.object({
  inputs: BuildInputs.nullish(),
  data: BuildData.nullish(),
  files: z.array(z.string()).nullish(),
  /** Values of global variables for this build alone. Those of public flows are the owner's, whatever stands here. */
  variables: z.record(z.string(), z.string()).nullish(),
  start_component_id: ComponentId,
  stop_component_id: ComponentId,
  log_builds: z.boolean().nullish(),
})

/** The body of a build; it may be left out. */
export const BuildBody = z.preprocess((given) => given ?? {}, BuildFields)
export type BuildBody = z.output<typeof BuildBody>

const Delivery = z.enum(['polling', 'streaming', 'direct'])

/** What may be said in the query as well as in the body; the query wins. */
export const BuildQuery = z.object({
  start_component_id: z.string().optional(),
  stop_component_id: z.string().optional(),
  log_builds: QueryFlag.optional(),
  flow_name: z.string().optional(),
  /** Builds this published version in place of the draft, with its secrets. */
  published_version: queryInteger({ min: 1 }).optional(),
  /** Builds what no edge joins to the chat input too, which a build of a flow with one leaves out otherwise. */
  to_all_ends: QueryFlag.optional(),
  event_delivery: Delivery.default('polling'),
})
export type BuildQuery = z.output<typeof BuildQuery>

const flowParams = z.object({ flow_id: Uuid })
const jobParams = z.object({ job_id: z.string() })
const JobStarted = z.object({ job_id: z.string() })
const jobMissing = { 404: 'You have no build job of this id' }
const NDJSON = 'application/x-ndjson'

export const startBuild = defineEndpoint({
  method: 'POST',
  path: '/api/v1/build/:flow_id/flow',
  tag: 'Build',
  summary: 'Build a flow, or a part of it, as the editor does; with event_delivery=direct its events are the answer',
  role: 'runner',
  access: 'user',
  params: flowParams,
  query: BuildQuery,
  body: BuildBody,
  response: JobStarted,
  examples: {
    body: { inputs: { input_value: 'Hello', session: exampleSessionId } },
    response: { job_id: exampleJobId },
  },
  errors: { 400: 'The flow has no component of the given id', 404: 'No flow of yours has this id' },
})

export const readBuildEvents = defineEndpoint({
  method: 'GET',
  path: '/api/v1/build/:job_id/events',
  tag: 'Build',
  summary: 'The events of a build: streamed, since the last poll, or all of them at its end',
  access: 'none',
  params: jobParams,
  query: z.object({
    stream: queryBoolean(true),
    event_delivery: Delivery.optional(),
    /** A poll begins again: for a page that was reloaded, or lost an answer. */
    from_start: queryBoolean(false),
  }),
  response: z.string(),
  responseType: NDJSON,
  errors: { 403: 'No valid API key, token or session was sent', ...jobMissing },
})

export const cancelBuild = defineEndpoint({
  method: 'POST',
  path: '/api/v1/build/:job_id/cancel',
  tag: 'Build',
  summary: 'Cancel a build',
  access: 'none',
  params: jobParams,
  response: z.object({ success: z.boolean(), message: z.string() }),
  examples: { response: { success: true, message: 'Flow build cancelled successfully' } },
  errors: { 403: 'No valid API key, token or session was sent', ...jobMissing },
})

export const readBuiltOutput = defineEndpoint({
  method: 'GET',
  path: '/api/v1/build/:flow_id/nodes/:node_id/outputs/:output',
  tag: 'Build',
  summary: 'The whole last value of an output, of which the events of a build tell long ones cut; kept for an hour',
  role: 'viewer',
  access: 'user',
  params: flowParams.extend({ node_id: z.string(), output: z.string() }),
  response: z.object({ message: z.unknown(), type: z.string() }),
  examples: { response: { message: 'Hello', type: 'text' } },
  errors: { 404: 'No flow of yours has this id, or the value is no longer kept' },
})

export const startPublicBuild = defineEndpoint({
  ...forVisitors(startBuild),
  path: '/api/v1/build_public_tmp/:flow_id/flow',
  summary: 'Build a public flow as a visitor, whom the cookie client_id tells from others',
  access: 'none',
  errors: {
    400: 'The cookie client_id is missing, or the request brings a graph or files of its own',
    404: 'No public flow has this id',
    429: 'Too many builds of this flow from one address',
  },
})

export const readPublicBuildEvents = defineEndpoint({
  ...readBuildEvents,
  path: '/api/v1/build_public_tmp/:job_id/events',
  summary: 'The events of a build of a public flow',
  errors: { 404: 'No build of a public flow has this id' },
})

export const cancelPublicBuild = defineEndpoint({
  ...cancelBuild,
  path: '/api/v1/build_public_tmp/:job_id/cancel',
  summary: 'Cancel a build of a public flow',
  errors: { 404: 'No build of a public flow has this id' },
})

export const sortVertices = defineEndpoint({
  method: 'POST',
  path: '/api/v1/build/:flow_id/vertices',
  tag: 'Deprecated',
  summary: 'Deprecated: the nodes a build would run, and where it would begin',
  access: 'user',
  params: flowParams,
  query: z.object({ start_component_id: z.string().optional(), stop_component_id: z.string().optional() }),
  body: z.preprocess(
    (given) => (isObject(given) && Object.keys(given).length > 0 ? given : null),
    BuildData.nullable(),
  ),
  response: z.object({ ids: z.array(z.string()), run_id: z.string(), vertices_to_run: z.array(z.string()) }),
  examples: {
    body: {},
    response: { ids: [exampleNodeIds.input], run_id: exampleJobId, vertices_to_run: Object.values(exampleNodeIds) },
  },
  errors: { 400: 'The flow has no component of the given id', 404: 'No flow of yours has this id' },
})

export const buildVertex = defineEndpoint({
  method: 'POST',
  path: '/api/v1/build/:flow_id/vertices/:vertex_id',
  tag: 'Deprecated',
  summary: 'Deprecated: build one node, after those it needs',
  access: 'user',
  params: flowParams.extend({ vertex_id: z.string() }),
  body: z.preprocess(
    (given) => given ?? {},
    z.object({ inputs: BuildInputs.nullish(), files: z.array(z.string()).nullish() }),
  ),
  response: z.looseObject({ id: z.string(), valid: z.boolean(), data: z.looseObject({}) }),
  examples: {
    body: { inputs: { input_value: 'Tell me about something interesting!', session: exampleSessionId } },
    response: exampleBuiltNode,
  },
  errors: {
    400: 'The flow has no component of the given id',
    404: 'No flow of yours has this id',
    500: 'The flow is not valid, or a node that is needed has failed',
  },
})

export const streamVertex = defineEndpoint({
  method: 'GET',
  path: '/api/v1/build/:flow_id/:vertex_id/stream',
  tag: 'Deprecated',
  summary: 'Gone: tokens are among the events of a build',
  access: 'user',
  params: flowParams.extend({ vertex_id: z.string() }),
  response: z.never(),
  errors: { 410: 'Tokens of a build are among its events. Use POST /api/v1/build/{flow_id}/flow.' },
})
