import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUser } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { RoleSchema } from './role-schema.ts'

export const ProjectMember = z.object({
  user_id: z.string(),
  username: z.string(),
  role: RoleSchema,
  /** Who made the project: always an owner, and never removed. */
  is_creator: z.boolean(),
  created_at: z.string(),
})
export type ProjectMember = z.output<typeof ProjectMember>

const params = z.object({ project_id: Uuid })
const memberParams = params.extend({ user_id: Uuid })
const path = '/api/v1/projects/:project_id/members'
const shared = { tag: 'Projects', access: 'user' } as const

const exampleMember: ProjectMember = {
  user_id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  username: 'grace',
  role: 'editor',
  is_creator: false,
  created_at: '2026-01-05T17:59:07Z',
}
const exampleCreator: ProjectMember = {
  ...exampleMember,
  user_id: exampleUser.id,
  username: exampleUser.username,
  role: 'owner',
  is_creator: true,
}

export const listProjectMembers = defineEndpoint({
  ...shared,
  method: 'GET',
  path,
  summary: 'List who a project is shared with, its creator first',
  role: 'viewer',
  params,
  response: z.array(ProjectMember),
  examples: { response: [exampleCreator, exampleMember] },
  errors: { 404: 'Project not found' },
})

export const addProjectMember = defineEndpoint({
  ...shared,
  method: 'POST',
  path,
  audit: 'project.member_add',
  summary: 'Share a project with another user of this server',
  role: 'owner',
  params,
  body: z.object({ username: z.string().min(1).max(150), role: RoleSchema }),
  status: 201,
  response: ProjectMember,
  examples: { body: { username: 'grace', role: 'editor' }, response: exampleMember },
  errors: {
    403: 'This needs the role owner in the project',
    404: 'There is no such project, or no user of that name',
    409: 'The user is a member of this project already',
  },
})

export const updateProjectMember = defineEndpoint({
  ...shared,
  method: 'PATCH',
  path: `${path}/:user_id`,
  audit: 'project.member_change',
  summary: 'Give a member of a project another role',
  role: 'owner',
  params: memberParams,
  body: z.object({ role: RoleSchema }),
  response: ProjectMember,
  examples: { body: { role: 'runner' }, response: { ...exampleMember, role: 'runner' } },
  errors: {
    400: 'Who made a project always owns it',
    403: 'This needs the role owner in the project',
    404: 'There is no such project, or no such member',
  },
})

export const removeProjectMember = defineEndpoint({
  ...shared,
  method: 'DELETE',
  path: `${path}/:user_id`,
  audit: 'project.member_remove',
  summary: 'Stop sharing a project with a member; members may remove themselves',
  role: 'viewer',
  params: memberParams,
  status: 204,
  response: z.undefined(),
  errors: {
    400: 'Who made a project always owns it',
    403: 'This needs the role owner in the project',
    404: 'There is no such project, or no such member',
  },
})
