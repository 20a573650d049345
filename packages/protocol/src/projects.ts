import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleProject } from './examples.ts'
import { FlowRead } from './flows.ts'
import { OptionalUuid, Uuid } from './identifiers.ts'
import { McpAuthSettings } from './mcp-auth.ts'
import { PageNumber, PageSize, pageOf, queryBoolean } from './query.ts'
import { RoleSchema } from './role-schema.ts'

export const ProjectRead = z.object({
  name: z.string(),
  description: z.string().nullable(),
  auth_settings: z.looseObject({}).nullable(),
  id: z.string(),
  parent_id: z.string().nullable(),
  /** false: what its runs are given and give is not kept. */
  stores_payloads: z.boolean(),
  /** Who made it. */
  owner_username: z.string(),
  /** Whether the caller has made it. */
  is_owner: z.boolean(),
  /** What the caller may do in it. */
  role: RoleSchema,
})
export type ProjectRead = z.output<typeof ProjectRead>

const AuthSettings = McpAuthSettings.nullish()
const ids = z.array(Uuid).max(10_000).nullish()

export const ProjectCreate = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  /** Flows and saved components that move into the new project. */
  flows_list: ids,
  components_list: ids,
  auth_settings: AuthSettings,
})

/** `flows` and `components` say what the project holds afterwards; `flows_list` and `components_list` are ignored. */
export const ProjectUpdate = z.object({
  name: z.string().min(1).nullish(),
  description: z.string().nullish(),
  parent_id: OptionalUuid,
  flows: ids,
  components: ids,
  auth_settings: AuthSettings,
  stores_payloads: z.boolean().nullish(),
})

export type ProjectUpdate = z.output<typeof ProjectUpdate>

const params = z.object({ project_id: Uuid })
const exampleBody = {
  name: exampleProject.name,
  description: exampleProject.description,
  flows_list: [exampleFlow.id],
  components_list: [],
}
const notFound = { 404: 'Project not found' }

export const listProjects = defineEndpoint({
  method: 'GET',
  path: '/api/v1/projects/',
  tag: 'Projects',
  summary: 'List projects: your own, the default one first, then those shared with you',
  access: 'user',
  response: z.array(ProjectRead),
  examples: { response: [exampleProject] },
})

export const createProject = defineEndpoint({
  method: 'POST',
  path: '/api/v1/projects/',
  tag: 'Projects',
  summary: 'Create a project and move flows into it',
  access: 'user',
  body: ProjectCreate,
  status: 201,
  response: ProjectRead,
  examples: { body: exampleBody, response: exampleProject },
})

export const readProject = defineEndpoint({
  method: 'GET',
  path: '/api/v1/projects/:project_id',
  tag: 'Projects',
  summary: 'Read a project with its flows; a page of them when both page and size are given',
  access: 'user',
  role: 'viewer',
  params,
  query: z.object({
    page: PageNumber.optional(),
    size: PageSize.optional(),
    is_component: queryBoolean(false),
    is_flow: queryBoolean(false),
    search: z.string().default(''),
  }),
  response: z.union([
    z.object({ folder: ProjectRead, flows: pageOf(FlowRead) }),
    ProjectRead.extend({ flows: z.array(FlowRead) }),
  ]),
  examples: { response: { ...exampleProject, flows: [exampleFlow] } },
  errors: notFound,
})

export const updateProject = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/projects/:project_id',
  audit: 'project.update',
  tag: 'Projects',
  summary: 'Change a project or what it holds',
  role: 'owner',
  access: 'user',
  params,
  body: ProjectUpdate,
  response: ProjectRead,
  examples: { body: { name: 'Help desk' }, response: { ...exampleProject, name: 'Help desk' } },
  errors: notFound,
})

export const putProject = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/projects/:project_id',
  tag: 'Projects',
  summary: 'Create a project under this id (201), or change the one there is (200)',
  access: 'user',
  params,
  body: ProjectCreate,
  response: ProjectRead,
  examples: { body: exampleBody, response: exampleProject },
  errors: { ...notFound, 409: 'Name must be unique' },
})

export const deleteProject = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/projects/:project_id',
  audit: 'project.delete',
  tag: 'Projects',
  summary: 'Delete a project with all its flows',
  access: 'user',
  params,
  status: 204,
  response: z.undefined(),
  errors: notFound,
})
