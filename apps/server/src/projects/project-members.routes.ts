import { AppError } from '@runnel/protocol/errors'
import {
  addProjectMember,
  listProjectMembers,
  type ProjectMember,
  removeProjectMember,
  updateProjectMember,
} from '@runnel/protocol/project-members'
import type { NamedMember } from '@runnel/storage/project-member-repository'
import type { FastifyInstance } from 'fastify'
import { noteAudit } from '../audit/audit-trail.ts'
import { isoSeconds } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** With whom a project is shared. */
export function projectMembersRoutes(
  app: FastifyInstance,
  { projects, storage, now }: Pick<Services, 'projects' | 'storage' | 'now'>,
): void {
  const { projectMembers, users } = storage

  implement(app, listProjectMembers, async ({ params, user }) => {
    const project = await projects.find(user.id, params.project_id)
    const creator: ProjectMember = {
      user_id: user.id,
      username: user.username,
      role: 'owner',
      is_creator: true,
      created_at: isoSeconds(project.createdAt),
    }
    return [creator, ...(await projectMembers.list(project.id)).map(toRead)]
  })

  implement(app, addProjectMember, async ({ params, body, user, request }) => {
    const { id: projectId } = await projects.find(user.id, params.project_id)
    const { username, role } = body
    const wanted = await users.findByName(username)
    if (!wanted) throw new AppError('member_unknown', [username])
    noteAudit(request, { objectId: `${projectId} ${username} ${role}` })
    const member = { projectId, userId: wanted.id, role, createdAt: now() }
    const isNew = wanted.id !== user.id && (await projectMembers.add(member))
    if (!isNew) throw new AppError('member_exists', [username])
    return toRead({ ...member, username })
  })

  implement(app, updateProjectMember, async ({ params, body, user, request }) => {
    const member = await memberOf(user.id, params)
    noteAudit(request, { objectId: `${member.projectId} ${member.username} ${body.role}` })
    const changed = { ...member, role: body.role }
    if (!(await projectMembers.setRole(changed))) throw new AppError('member_not_found')
    return toRead(changed)
  })

  implement(app, removeProjectMember, async ({ params, user, author, role, request }) => {
    if (params.user_id !== author.id && role !== 'owner') throw new AppError('role_too_small', ['owner', role])
    const member = await memberOf(user.id, params)
    noteAudit(request, { objectId: `${member.projectId} ${member.username}` })
    if (!(await projectMembers.remove(member.projectId, member.userId))) throw new AppError('member_not_found')
  })

  /** @throws AppError `project_not_found`, `creator_stays`, `member_not_found` */
  async function memberOf(ownerId: string, given: { readonly project_id: string; readonly user_id: string }) {
    const project = await projects.find(ownerId, given.project_id)
    if (given.user_id === ownerId) throw new AppError('creator_stays')
    const member = (await projectMembers.list(project.id)).find(({ userId }) => userId === given.user_id)
    if (!member) throw new AppError('member_not_found')
    return member
  }
}

const toRead = ({ userId, username, role, createdAt }: NamedMember): ProjectMember => ({
  user_id: userId,
  username,
  role,
  is_creator: false,
  created_at: isoSeconds(createdAt),
})
