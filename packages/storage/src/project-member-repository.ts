import { parseUuid } from '@runnel/protocol/identifiers'
import type { ProjectRole } from '@runnel/protocol/roles'
import type { Engine } from './dialect/engine.ts'
import type { ProjectMemberRecord, ProjectRecord } from './records.ts'
import { projectCodec, projectMemberCodec } from './row-codecs.ts'

/** What somebody may do with what another user made. */
export interface Standing {
  /** Who made the project. */
  readonly ownerId: string
  readonly projectId: string
  readonly role: ProjectRole
}

export interface NamedMember extends ProjectMemberRecord {
  readonly username: string
}

export interface SharedProject {
  readonly project: ProjectRecord
  readonly ownerName: string
  readonly role: ProjectRole
}

/** SQLite and Postgres bind at most some tens of thousands of values in one statement. */
const SLICE = 1000

/** With whom projects are shared. Who made a project is no member: nothing here is found for them. */
export function createProjectMemberRepository({ db }: Pick<Engine, 'db'>) {
  const membersOf = (userId: string) =>
    db
      .selectFrom('project_member')
      .innerJoin('project', 'project.id', 'project_member.project_id')
      .where('project_member.user_id', '=', userId)
  const standings = (userId: string) =>
    membersOf(userId).select(['project.user_id as ownerId', 'project.id as projectId', 'project_member.role as role'])
  const inFlows = (userId: string) => standings(userId).innerJoin('flow', 'flow.project_id', 'project.id')

  return {
    /** Answers false when the user is a member already. */
    async add(member: ProjectMemberRecord): Promise<boolean> {
      const added = await db
        .insertInto('project_member')
        .values(projectMemberCodec.encode(member))
        .onConflict((conflict) => conflict.columns(['project_id', 'user_id']).doNothing())
        .returning('user_id')
        .execute()
      return added.length > 0
    },

    /** In the order they came. */
    async list(projectId: string): Promise<readonly NamedMember[]> {
      const rows = await db
        .selectFrom('project_member')
        .innerJoin('user', 'user.id', 'project_member.user_id')
        .selectAll('project_member')
        .select('user.username as username')
        .where('project_id', '=', projectId)
        .orderBy('project_member.created_at')
        .orderBy('project_member.user_id')
        .execute()
      return rows.map(({ username, ...row }) => ({ ...projectMemberCodec.decode(row), username }))
    },

    /** The projects that active users share with a user, in the order they came to it. */
    async sharedWith(userId: string): Promise<readonly SharedProject[]> {
      const rows = await membersOf(userId)
        .innerJoin('user', 'user.id', 'project.user_id')
        .selectAll('project')
        .select(['user.username as ownerName', 'project_member.role as role'])
        .where('user.is_active', '=', 1)
        .orderBy('project_member.created_at')
        .orderBy('project.id')
        .execute()
      return rows.map(({ ownerName, role, ...row }) => ({ project: projectCodec.decode(row), ownerName, role }))
    },

    inProject: (userId: string, projectId: string): Promise<Standing | undefined> =>
      standings(userId).where('project.id', '=', projectId).executeTakeFirst(),

    /**
     * By id or endpoint name; of several flows of that name, in the project shared first. What may be an id is no name:
     * that of a flow here may look like the id of one that is not shared.
     */
    inFlow(userId: string, idOrName: string): Promise<Standing | undefined> {
      const flows = inFlows(userId)
      if ('id' in parseUuid(idOrName)) return flows.where('flow.id', '=', idOrName).executeTakeFirst()
      return flows
        .where('flow.endpoint_name', '=', idOrName)
        .orderBy('project_member.created_at')
        .orderBy('flow.id')
        .executeTakeFirst()
    },

    /** By the id of the run; ids of other runs are left out. */
    inRuns: (userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> =>
      inSlices(ids, (slice) =>
        inFlows(userId)
          .innerJoin('run', 'run.flow_id', 'flow.id')
          .select('run.id as id')
          .where('run.id', 'in', slice)
          .execute(),
      ),

    /** By the id of the message; ids of other messages are left out. */
    inMessages: (userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> =>
      inSlices(ids, (slice) =>
        inFlows(userId)
          .innerJoin('message', 'message.flow_id', 'flow.id')
          .select('message.id as id')
          .where('message.id', 'in', slice)
          .execute(),
      ),

    /** Answers whether there was such a member. */
    async setRole({ projectId, userId, role }: Omit<ProjectMemberRecord, 'createdAt'>): Promise<boolean> {
      const changed = await db
        .updateTable('project_member')
        .set({ role })
        .where('project_id', '=', projectId)
        .where('user_id', '=', userId)
        .returning('user_id')
        .execute()
      return changed.length > 0
    },

    /** Answers whether there was such a member. */
    async remove(projectId: string, userId: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('project_member')
        .where('project_id', '=', projectId)
        .where('user_id', '=', userId)
        .returning('user_id')
        .execute()
      return gone.length > 0
    },
  }
}

async function inSlices(
  ids: readonly string[],
  find: (slice: readonly string[]) => Promise<readonly (Standing & { readonly id: string })[]>,
): Promise<ReadonlyMap<string, Standing>> {
  const found = new Map<string, Standing>()
  for (let at = 0; at < ids.length; at += SLICE) {
    for (const { id, ...standing } of await find(ids.slice(at, at + SLICE))) found.set(id, standing)
  }
  return found
}

export type ProjectMemberRepository = ReturnType<typeof createProjectMemberRepository>
