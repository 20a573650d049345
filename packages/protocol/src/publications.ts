import { z } from 'zod'
import { BreakingChange, Contract, ContractInput, ContractOutput } from './contract.ts'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleGraph, exampleUser } from './examples.ts'
import { FlowDataSchema } from './flow.ts'
import { FlowRead } from './flows.ts'
import { Uuid } from './identifiers.ts'
import { PageNumber, PageSize, pageOf, queryBoolean, queryInteger } from './query.ts'

const shared = { tag: 'Publications', access: 'user' } as const
const flow = z.object({ flow_id: Uuid })
const version = z.object({ flow_id: Uuid, version: queryInteger({ min: 1 }) })
const noFlow = { 404: 'Flow not found' }
const noPublication = { 404: 'The flow was never published' }
const noVersion = { 404: 'No such published version' }
const refused = {
  400: 'The flow cannot run; detail.problems says why',
  409: 'Callers of the version before would break; detail.changes says how. Send accept_breaking to go on.',
}
const AcceptBreaking = z.boolean().nullish()
const Note = z.string().max(500).nullish()

export const PublicationStatus = z.enum(['published', 'unpublished', 'outdated'])

export const Publication = z.object({
  flow_id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  project_id: z.string().nullable(),
  endpoint_name: z.string().nullable(),
  version: z.number().int(),
  published_at: z.string(),
  published_by: z.string(),
  note: z.string().nullable(),
  /** `outdated`: the draft has changed since. */
  status: PublicationStatus,
  endpoint: z.string(),
  inputs: z.array(ContractInput),
  outputs: z.array(ContractOutput),
  /** How long an answer may be given again, in seconds; 0: never. */
  cache_seconds: z.number().int(),
  /** Calls a second, over all keys; null: as many as the keys may. */
  rate_limit: z.number().nullable(),
  calls_total: z.number().int(),
  last_called_at: z.string().nullable(),
  /** Since midnight, UTC. */
  today: z.object({ calls: z.number().int(), errors: z.number().int(), p95_ms: z.number().nullable() }),
})
export type Publication = z.output<typeof Publication>

export const PublishedVersion = z.object({
  version: z.number().int(),
  published_at: z.string(),
  published_by: z.string(),
  note: z.string().nullable(),
  /** The version whose content this one brought back. */
  restored_from: z.number().int().nullable(),
  is_latest: z.boolean(),
})
export type PublishedVersion = z.output<typeof PublishedVersion>

/** What a sentence is about, by name: for those who tell it in other words, or another language. */
const Values = z.record(z.string(), z.string()).optional()

export const PublicationProblem = z.object({
  code: z.string(),
  message: z.string(),
  values: Values,
  node_id: z.string().optional(),
  edge_id: z.string().optional(),
  field: z.string().optional(),
})

/** One difference between two graphs, as a sentence and in its parts. Secrets are left out. */
export const FlowDifference = z.object({
  kind: z.enum([
    'node_added',
    'node_removed',
    'node_renamed',
    'node_replaced',
    'field_changed',
    'edge_added',
    'edge_removed',
    'input_added',
    'input_removed',
    'input_changed',
    'output_added',
    'output_removed',
  ]),
  message: z.string(),
  values: Values,
  node_id: z.string().optional(),
  field: z.string().optional(),
  /** JSON; `nothing` where there was none; `variable NAME` where a variable says it. */
  before: z.string().optional(),
  after: z.string().optional(),
})
export type FlowDifference = z.output<typeof FlowDifference>

const exampleInput = {
  name: 'Chat Input',
  label: 'Chat Input',
  type: 'text' as const,
  required: true,
  default: null,
  description: '',
  node_id: 'ChatInput-XtBLx',
}
const exampleOutput = { name: 'Chat Output', type: 'text' as const, description: '', node_id: 'ChatOutput-Dk3ex' }
const examplePublication = {
  flow_id: exampleFlow.id,
  name: exampleFlow.name,
  description: exampleFlow.description,
  project_id: exampleFlow.project_id,
  endpoint_name: exampleFlow.endpoint_name,
  version: 1,
  published_at: '2026-01-05T17:59:07.855000',
  published_by: exampleUser.username,
  note: 'First version',
  status: 'published' as const,
  endpoint: `/v1/api/workflow/run/${exampleFlow.id}`,
  inputs: [exampleInput],
  outputs: [exampleOutput],
  cache_seconds: 0,
  rate_limit: null,
  calls_total: 0,
  last_called_at: null,
  today: { calls: 0, errors: 0, p95_ms: null },
}
const exampleVersion = {
  version: 1,
  published_at: examplePublication.published_at,
  published_by: exampleUser.username,
  note: 'First version',
  restored_from: null,
  is_latest: true,
}

export const publishFlow = defineEndpoint({
  ...shared,
  method: 'POST',
  path: '/api/v1/publications/:flow_id',
  audit: 'publication.publish',
  summary: 'Publish a flow: keep it as an immutable version, which is called from now on',
  role: 'editor',
  params: flow,
  body: z.object({ data: FlowDataSchema.nullish(), note: Note, accept_breaking: AcceptBreaking }).nullish(),
  status: 201,
  response: Publication,
  examples: { body: { note: 'First version' }, response: examplePublication },
  errors: { ...noFlow, ...refused, 423: 'Flow is locked. Unlock it before making changes.' },
})

export const listPublications = defineEndpoint({
  ...shared,
  method: 'GET',
  path: '/api/v1/publications',
  summary: 'List your published flows, the last published first',
  query: z.object({
    page: PageNumber.default(1),
    size: PageSize.default(50),
    search: z.string().optional(),
  }),
  response: pageOf(Publication),
  examples: { response: { items: [examplePublication], total: 1, page: 1, size: 50, pages: 1 } },
})

export const readPublication = defineEndpoint({
  ...shared,
  method: 'GET',
  path: '/api/v1/publications/:flow_id',
  summary: 'Read a published flow and its versions, newest first',
  role: 'viewer',
  params: flow,
  query: z.object({
    /** Answer null for a flow that was never published, in place of a 404. */
    or_null: queryBoolean(false),
  }),
  response: Publication.extend({ versions: z.array(PublishedVersion) }).nullable(),
  examples: { response: { ...examplePublication, versions: [exampleVersion] } },
  errors: noPublication,
})

export const checkPublication = defineEndpoint({
  ...shared,
  method: 'GET',
  path: '/api/v1/publications/:flow_id/check',
  summary: 'See what publishing the draft would meet: problems, its contract, and what would change',
  role: 'viewer',
  params: flow,
  response: z.object({
    ready: z.boolean(),
    problems: z.array(PublicationProblem),
    /** Models and secrets that are not set: the default model and variables may stand in for them. */
    warnings: z.array(PublicationProblem),
    /** Null when there are problems. */
    contract: Contract.nullable(),
    breaking: z.array(BreakingChange),
    /** Null for a flow that was never published. */
    changes: z.array(FlowDifference).nullable(),
  }),
  examples: {
    response: {
      ready: true,
      problems: [],
      warnings: [],
      contract: { inputs: [exampleInput], outputs: [exampleOutput] },
      breaking: [],
      changes: null,
    },
  },
  errors: noFlow,
})

export const changePublication = defineEndpoint({
  ...shared,
  method: 'PATCH',
  path: '/api/v1/publications/:flow_id',
  audit: 'publication.update',
  summary: 'Change how a published flow is served: its cache of answers and its rate limit',
  role: 'editor',
  params: flow,
  body: z.object({
    cache_seconds: z.number().int().min(0).max(86_400).optional(),
    /** true: on, with five minutes; false: off. */
    cache: z.boolean().optional(),
    rate_limit: z.number().positive().max(100_000).nullish(),
  }),
  response: Publication,
  examples: {
    body: { cache_seconds: 300, rate_limit: 50 },
    response: { ...examplePublication, cache_seconds: 300, rate_limit: 50 },
  },
  errors: noPublication,
})

export const unpublishFlow = defineEndpoint({
  ...shared,
  method: 'DELETE',
  path: '/api/v1/publications/:flow_id',
  audit: 'publication.unpublish',
  summary: 'Take a published flow back; its versions are kept',
  role: 'editor',
  params: flow,
  status: 204,
  response: z.undefined(),
  errors: noPublication,
})

export const rollbackPublication = defineEndpoint({
  ...shared,
  method: 'POST',
  path: '/api/v1/publications/:flow_id/rollback',
  audit: 'publication.rollback',
  summary: 'Publish the content of an older version again, as a new version; the draft stays',
  role: 'editor',
  params: flow,
  body: z.object({ version: z.number().int().min(1), note: Note, accept_breaking: AcceptBreaking }),
  status: 201,
  response: Publication,
  examples: { body: { version: 1 }, response: { ...examplePublication, version: 3 } },
  errors: { ...noVersion, ...refused },
})

export const readPublishedVersion = defineEndpoint({
  ...shared,
  method: 'GET',
  path: '/api/v1/publications/:flow_id/versions/:version',
  summary: 'Read a published version, without its secrets',
  role: 'viewer',
  params: version,
  response: PublishedVersion.extend({ contract: Contract, data: z.looseObject({}) }),
  examples: {
    response: {
      ...exampleVersion,
      contract: { inputs: [exampleInput], outputs: [exampleOutput] },
      data: exampleGraph,
    },
  },
  errors: noVersion,
})

export const restorePublishedVersion = defineEndpoint({
  ...shared,
  method: 'POST',
  path: '/api/v1/publications/:flow_id/versions/:version/restore',
  audit: 'publication.restore',
  summary: 'Give the draft the content of a published version; what it has now is kept among the versions of the flow',
  role: 'editor',
  params: version,
  response: FlowRead,
  examples: { response: exampleFlow },
  errors: { ...noVersion, 423: 'Flow is locked. Unlock it before making changes.' },
})

export const deletePublishedVersion = defineEndpoint({
  ...shared,
  method: 'DELETE',
  path: '/api/v1/publications/:flow_id/versions/:version',
  audit: 'publication.delete_version',
  summary: 'Delete a published version that is not the newest',
  role: 'editor',
  params: version,
  status: 204,
  response: z.undefined(),
  errors: { ...noVersion, 409: 'It is the newest version' },
})

export const diffPublication = defineEndpoint({
  ...shared,
  method: 'GET',
  path: '/api/v1/publications/:flow_id/diff',
  summary: 'List how two published versions, or a version and the draft, differ',
  role: 'viewer',
  params: flow,
  query: z.object({
    /** The newest version unless given. */
    from: queryInteger({ min: 1 }).optional(),
    /** The draft unless given. */
    to: queryInteger({ min: 1 }).optional(),
  }),
  response: z.object({
    from: z.number().int(),
    to: z.number().int().nullable(),
    changes: z.array(FlowDifference),
    breaking: z.array(BreakingChange),
  }),
  examples: {
    response: {
      from: 1,
      to: null,
      changes: [
        {
          kind: 'field_changed' as const,
          message: 'OpenAI: Model Name changed from "gpt-5" to "gpt-5-mini"',
          values: { title: 'OpenAI', label: 'Model Name' },
          node_id: 'OpenAIModel-Ab3de',
          field: 'model_name',
          before: '"gpt-5"',
          after: '"gpt-5-mini"',
        },
      ],
      breaking: [],
    },
  },
  errors: noVersion,
})
