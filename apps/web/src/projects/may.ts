import { startBuild } from '@runnel/protocol/builds'
import type { Endpoint } from '@runnel/protocol/endpoint'
import { createFlow, type FlowHeaderRead, updateFlow } from '@runnel/protocol/flows'
import type { ProjectRead } from '@runnel/protocol/projects'
import { type ProjectRole, suffices } from '@runnel/protocol/roles'

/** What somebody is in the project of another; undefined of what is one's own, where nothing is refused. */
export type SharedRole = ProjectRole | undefined

export const roleIn = ({ is_owner: isOwn, role }: Pick<ProjectRead, 'is_owner' | 'role'>): SharedRole =>
  isOwn ? undefined : role

/** Whether the server answers this call about what is shared, or one's own. */
export const mayCall = ({ role: least }: Pick<Endpoint, 'role'>, role: SharedRole): boolean =>
  role === undefined || (least !== undefined && suffices(role, least))

/** Who made a project, where that is somebody else; told as the owner of its flows is. */
export const ownerOf = ({ is_owner: isOwn, owner_username: owner }: ProjectRead): string | undefined =>
  isOwn ? undefined : owner

/** A flow, or what shows one; without a role it is one's own. */
interface Shown {
  readonly role?: SharedRole
}

export const mayRun = ({ role }: Shown): boolean => mayCall(startBuild, role)

/** Whether the flow may be changed, when it is not locked. */
export const mayEdit = ({ role }: Shown): boolean => mayCall(updateFlow, role)

/** Whether a flow can be moved into a project: nobody gives away what is another's. */
export const takesFrom = (project: ProjectRead, flow: Pick<FlowHeaderRead, 'owner_username'>): boolean =>
  ownerOf(project) === flow.owner_username && mayCall(createFlow, roleIn(project))
