import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleGraph, exampleSecondFlow, exampleUser } from './examples.ts'
import { FlowDataSchema } from './flow.ts'
import { FlowRead } from './flows.ts'
import { Uuid } from './identifiers.ts'
import { queryBoolean, queryInteger } from './query.ts'

const get = { method: 'GET', tag: 'Flow versions', access: 'user' } as const
const flow = z.object({ flow_id: Uuid })
const version = z.object({ flow_id: Uuid, version_id: Uuid })
const noFlow = { 404: 'Flow not found' }
const noVersion = { 404: 'Version entry not found' }
const locked = { 423: 'Flow is locked. Unlock it before making changes.' }

/** Keys that hold nothing are left out of lists. */
export const FlowVersionHeader = z.object({
  id: z.string(),
  flow_id: z.string(),
  user_id: z.string(),
  version_number: z.number().int(),
  version_tag: z.string(),
  description: z.string().nullish(),
  retained: z.boolean(),
  retained_reason: z.string().nullish(),
  created_at: z.string(),
  username: z.string(),
})
export type FlowVersionHeader = z.output<typeof FlowVersionHeader>

const listedVersion = {
  id: 'b41ab8cf-eb0d-424c-bbae-26f43e73afec',
  flow_id: exampleFlow.id,
  user_id: exampleUser.id,
  version_number: 1,
  version_tag: 'v1',
  description: 'Before the new prompt',
  retained: false,
  created_at: '2026-01-05T17:59:07.855000',
  username: exampleUser.username,
}
const exampleVersion = { ...listedVersion, retained_reason: null }

export const readVersionState = defineEndpoint({
  ...get,
  path: '/api/v1/flows/:flow_id/version-state',
  summary: 'Read the version token of a flow, and who changed it last',
  role: 'viewer',
  params: flow,
  response: z.object({
    version_token: z.string(),
    last_modified_by: z.string(),
    last_modified_by_username: z.string(),
    updated_at: z.string(),
  }),
  examples: {
    response: {
      version_token: exampleFlow.version_token,
      last_modified_by: exampleUser.id,
      last_modified_by_username: exampleUser.username,
      updated_at: exampleFlow.updated_at,
    },
  },
  errors: noFlow,
})

export const overwriteFlow = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/flows/:flow_id/overwrite',
  summary: 'Replace the graph of a flow and keep the one before as a version; wants If-Match',
  role: 'editor',
  params: flow,
  body: z.object({ data: FlowDataSchema }),
  response: FlowRead,
  examples: { body: { data: exampleGraph }, response: exampleFlow },
  errors: { ...noFlow, ...locked, 409: 'The flow was changed in the meantime', 428: 'No If-Match header was sent' },
})

export const forkFlow = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/flows/:flow_id/fork',
  summary: 'Copy a flow; the copy has no endpoint name and is neither public nor a tool',
  role: 'editor',
  params: flow,
  body: z.object({ name: z.string().min(1).nullish(), data: FlowDataSchema.nullish() }).nullish(),
  status: 201,
  response: FlowRead,
  examples: { body: { name: 'Another attempt' }, response: exampleSecondFlow },
  errors: noFlow,
})

export const readNoteTranslations = defineEndpoint({
  ...get,
  path: '/api/v1/flows/:flow_id/note_translations',
  summary: 'Read the notes of a flow in your language; none are translated',
  role: 'viewer',
  params: flow,
  response: z.looseObject({}),
  examples: { response: {} },
  errors: noFlow,
})

export const listFlowVersions = defineEndpoint({
  ...get,
  path: '/api/v1/flows/:flow_id/versions/',
  summary: 'List the versions of a flow, newest first',
  role: 'viewer',
  params: flow,
  query: z.object({
    limit: queryInteger({ min: 1, max: 100 }).default(50),
    offset: queryInteger({ min: 0 }).default(0),
  }),
  response: z.object({ entries: z.array(FlowVersionHeader), max_entries: z.number().int() }),
  examples: { response: { entries: [listedVersion], max_entries: 50 } },
  errors: noFlow,
})

export const createFlowVersion = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/flows/:flow_id/versions/',
  summary: 'Keep the graph of a flow, or the one sent, as a version',
  role: 'editor',
  params: flow,
  body: z.object({ description: z.string().max(500).nullish(), data: FlowDataSchema.nullish() }).nullish(),
  status: 201,
  response: FlowVersionHeader,
  examples: { body: { description: 'Before the new prompt' }, response: exampleVersion },
  errors: noFlow,
})

export const readFlowVersion = defineEndpoint({
  ...get,
  path: '/api/v1/flows/:flow_id/versions/:version_id',
  summary: 'Read a version of a flow, without its secrets',
  role: 'viewer',
  params: version,
  response: FlowVersionHeader.extend({ data: z.looseObject({}).nullable() }),
  examples: { response: { ...exampleVersion, data: exampleGraph } },
  errors: noVersion,
})

export const activateFlowVersion = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/flows/:flow_id/versions/:version_id/activate',
  summary: 'Give a flow the graph of a version; what it has now is kept as a version first',
  role: 'editor',
  params: version,
  query: z.object({ save_draft: queryBoolean(true) }),
  response: FlowRead,
  examples: { response: exampleFlow },
  errors: { ...noVersion, ...locked, 400: 'Cannot activate a version with no data' },
})

export const deleteFlowVersion = defineEndpoint({
  ...get,
  method: 'DELETE',
  path: '/api/v1/flows/:flow_id/versions/:version_id',
  summary: 'Delete a version of a flow',
  role: 'editor',
  params: version,
  status: 204,
  response: z.undefined(),
  errors: noVersion,
})
