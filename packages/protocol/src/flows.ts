import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleFlowBody, exampleFlowId, exampleGraph } from './examples.ts'
import { FlowDataSchema } from './flow.ts'
import { OptionalUuid, Uuid } from './identifiers.ts'
import { PageNumber, PageSize, pageOf, queryBoolean } from './query.ts'
import { RoleSchema } from './role-schema.ts'

const text = z.string().nullish()
const flag = z.boolean().nullish()

const IconColour = z.string().superRefine((colour, context) => {
  // Empty: the one the flow has of itself.
  if (colour === '') return
  const why = !colour.startsWith('#')
    ? 'Color must start with #'
    : colour.length !== 7
      ? 'Color must be 7 characters long'
      : undefined
  if (why) context.addIssue({ code: 'custom', message: why })
})

const changeable = {
  description: text,
  icon: text,
  icon_bg_color: IconColour.nullish(),
  gradient: text,
  data: FlowDataSchema.nullish(),
  endpoint_name: z.string().max(200).nullish(),
  tags: z.array(z.string()).nullish(),
  locked: flag,
  mcp_enabled: flag,
  action_name: text,
  action_description: text,
  access_type: z.enum(['PRIVATE', 'PUBLIC']).nullish(),
  folder_id: OptionalUuid,
  /** The name an edition of Langflow's documents uses for `folder_id`, which wins. */
  project_id: OptionalUuid,
  fs_path: text,
}

/** A new flow. Other keys are ignored, so an exported file can be posted as it is. */
export const FlowCreate = z.object({ name: z.string(), is_component: flag, webhook: flag, ...changeable })
export type FlowCreate = z.output<typeof FlowCreate>

/**
 * Changes of a flow. Absent and null keys are left alone, but a null or empty `endpoint_name` clears it, as an empty
 * `icon_bg_color` does.
 */
export const FlowUpdate = z.object({ name: text, ...changeable })
export type FlowUpdate = z.output<typeof FlowUpdate>

const nullableText = z.string().nullable()

export const FlowHeaderRead = z.object({
  id: z.string(),
  name: z.string(),
  folder_id: nullableText,
  is_component: z.boolean(),
  endpoint_name: nullableText,
  description: nullableText,
  data: z.looseObject({}).nullable(),
  access_type: z.enum(['PRIVATE', 'PUBLIC']),
  tags: z.array(z.string()).nullable(),
  mcp_enabled: z.boolean().nullable(),
  action_name: nullableText,
  action_description: nullableText,
  flow_type: z.string(),
  a2a_enabled: z.boolean(),
  icon: nullableText,
  icon_bg_color: nullableText,
  gradient: nullableText,
  updated_at: z.string(),
  webhook: z.boolean(),
  locked: z.boolean(),
  /** Who made the project it is in, and what the caller may do there; absent for flows of the caller's own. */
  owner_username: z.string().optional(),
  role: RoleSchema.optional(),
})
export type FlowHeaderRead = z.output<typeof FlowHeaderRead>

export const FlowRead = FlowHeaderRead.extend({
  user_id: nullableText,
  /** The same as `folder_id`. */
  project_id: nullableText,
  /** Names the graph: another graph, another token. What `If-Match` takes. */
  version_token: z.string(),
})
export type FlowRead = z.output<typeof FlowRead>

const flowParams = z.object({ flow_id: Uuid })
const targetProject = z.object({ folder_id: OptionalUuid, project_id: OptionalUuid })

export const createFlow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/',
  tag: 'Flows',
  summary: 'Create a flow',
  role: 'editor',
  access: 'user',
  body: FlowCreate,
  status: 201,
  response: FlowRead,
  examples: { body: exampleFlowBody, response: exampleFlow },
  errors: { 400: 'Name must be unique' },
})

export const FlowListQuery = z.object({
  remove_example_flows: queryBoolean(false),
  components_only: queryBoolean(false),
  get_all: queryBoolean(true),
  header_flows: queryBoolean(false),
  folder_id: OptionalUuid,
  project_id: OptionalUuid,
  page: PageNumber.default(1),
  size: PageSize.default(50),
  /** Every flow is a `workflow`. */
  flow_type: z.enum(['workflow', 'agent']).nullish(),
})

export const listFlows = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/',
  tag: 'Flows',
  summary: 'List flows: all of them, with those of projects shared with you, their headers, or one page of a project',
  access: 'user',
  role: 'viewer',
  query: FlowListQuery,
  response: z.union([z.array(FlowRead), z.array(FlowHeaderRead), pageOf(FlowRead), pageOf(FlowHeaderRead)]),
  examples: { response: [exampleFlow] },
})

/** An older spelling of the list. */
export const listFlowsAlias = defineEndpoint({
  ...listFlows,
  path: '/api/v1/flows/read',
  summary: 'List flows (other spelling)',
})

export const readFlow = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/:flow_id',
  tag: 'Flows',
  summary: 'Read a flow',
  access: 'user',
  role: 'viewer',
  params: flowParams,
  response: FlowRead,
  examples: { response: exampleFlow },
  errors: { 404: 'Flow not found' },
})

export const updateFlow = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/flows/:flow_id',
  tag: 'Flows',
  summary: 'Change a flow',
  role: 'editor',
  access: 'user',
  params: flowParams,
  body: FlowUpdate,
  response: FlowRead,
  examples: {
    body: { name: 'Pirate', endpoint_name: 'pirate' },
    response: { ...exampleFlow, name: 'Pirate', endpoint_name: 'pirate' },
  },
  errors: {
    400: 'Name must be unique',
    404: 'Flow not found',
    409: 'The graph is another than the one the token of If-Match names',
  },
})

export const putFlow = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/flows/:flow_id',
  tag: 'Flows',
  summary: 'Create a flow under this id (201), or change the one there is (200)',
  role: 'editor',
  access: 'user',
  params: flowParams,
  /** With `rename`, a new flow whose name is taken gets a number behind it, as `createFlow` does. */
  query: z.object({ rename: queryBoolean(false) }),
  body: FlowCreate,
  response: FlowRead,
  examples: { body: exampleFlowBody, response: exampleFlow },
  errors: { 400: 'Folder not found', 404: 'Flow not found', 409: 'Name must be unique' },
})

export const deleteFlow = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/flows/:flow_id',
  audit: 'flow.delete',
  tag: 'Flows',
  summary: 'Delete a flow with its messages and builds',
  role: 'editor',
  access: 'user',
  params: flowParams,
  response: z.object({ message: z.string() }),
  examples: { response: { message: 'Flow deleted successfully' } },
  errors: { 404: 'Flow not found' },
})

export const deleteFlows = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/flows/',
  audit: 'flow.delete',
  tag: 'Flows',
  summary: 'Delete several flows',
  role: 'editor',
  roleOf: 'flow',
  access: 'user',
  body: z.array(Uuid).max(10_000),
  response: z.object({ deleted: z.number().int() }),
  examples: { body: [exampleFlowId], response: { deleted: 1 } },
})

export const createFlows = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/batch/',
  tag: 'Flows',
  summary: 'Create several flows at once',
  access: 'user',
  body: z.object({ flows: z.array(FlowCreate).max(1000) }),
  status: 201,
  response: z.array(FlowRead),
  examples: { body: { flows: [exampleFlowBody] }, response: [exampleFlow] },
})

export const uploadFlows = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/upload/',
  tag: 'Flows',
  summary: 'Import flows from a JSON file or a zip of them, sent as the part `file`',
  role: 'editor',
  access: 'user',
  query: targetProject,
  bodyType: 'multipart',
  status: 201,
  response: z.array(FlowRead),
  examples: { response: [exampleFlow] },
  errors: { 400: 'Invalid JSON file', 404: 'Project not found' },
})

/** What a flow takes along from another server: what it is and does, nothing of where it was or who may use it. */
export const ForeignFlow = FlowCreate.pick({
  name: true,
  description: true,
  icon: true,
  icon_bg_color: true,
  gradient: true,
  tags: true,
  data: true,
  is_component: true,
})
export type ForeignFlow = z.output<typeof ForeignFlow>

export const fetchFlows = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/fetch/',
  tag: 'Flows',
  summary: 'Read the flows behind an address, a flow on another server or a file, without storing them',
  access: 'user',
  body: z.object({
    url: z.string().max(8192),
    /** Of the other server, where it shows its flows to nobody without one. */
    api_key: z.string().max(1000).nullish(),
  }),
  response: z.object({ flows: z.array(ForeignFlow) }),
  examples: {
    body: { url: 'https://langflow.example.com/flow/3fa85f64-5717-4562-b3fc-2c963f66afa6' },
    response: { flows: [{ name: exampleFlowBody.name, data: exampleGraph }] },
  },
  errors: { 400: 'The address leads to no flow, cannot be reached, or wants an API key of its server' },
})

export const downloadFlows = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/download/',
  audit: 'flow.export',
  tag: 'Flows',
  summary: 'Export flows without their secrets: JSON for one, a zip for several',
  role: 'viewer',
  roleOf: 'flow',
  access: 'user',
  body: z.array(Uuid).max(1000),
  response: FlowRead,
  examples: { body: [exampleFlowId], response: exampleFlow },
  errors: { 404: 'No flows found.' },
})
