import type { Endpoint } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import { isObject } from '@runnel/protocol/json'
import { type ProjectRole, SHARED_THINGS, type SharedThing, suffices } from '@runnel/protocol/roles'
import type { Storage } from '@runnel/storage/open-storage'
import type { Standing } from '@runnel/storage/project-member-repository'
import type { UserRecord } from '@runnel/storage/records'

/** A call somebody makes in a project that another user shares with them. */
export interface Membership {
  /** Who made the project: whom the call is made for. */
  readonly owner: UserRecord
  /** The least role the caller has in what is named. */
  readonly role: ProjectRole
}

/** What a request names; other parts of it hold nothing that belongs to somebody. */
export interface Named {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

export interface MembershipsOptions {
  readonly storage: Pick<Storage, 'flows' | 'projects' | 'projectMembers' | 'users'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type Memberships = ReturnType<typeof createMemberships>

interface Target {
  readonly thing: SharedThing
  readonly id: string
}

/** How many things are remembered as somebody's own, and for how many milliseconds. */
const REMEMBERED = { count: 10_000, ms: 60_000 } as const
const NOT_FOUND = { flow: 'flow_id_not_found', project: 'project_not_found' } as const

/** Finds out for whom a call is made: the caller, or who made the project they are a member of. */
export function createMemberships({ storage, now }: MembershipsOptions) {
  const { flows, projects, projectMembers, users } = storage
  /** Whose own a thing is does not change, and most calls are about one's own: they are not looked up again. */
  const own = new Set<string>()
  let since = now()

  async function isOwn(userId: string, thing: 'flow' | 'project', id: string): Promise<boolean> {
    if (now() - since > REMEMBERED.ms || own.size >= REMEMBERED.count) {
      own.clear()
      since = now()
    }
    const key = `${userId}\n${id}`
    if (own.has(key)) return true
    const found = thing === 'flow' ? await flows.version(userId, id) : await projects.find(userId, id)
    if (found) own.add(key)
    return found !== undefined
  }

  /** Where the caller stands in each thing; undefined in what is neither their own nor shared with them. */
  async function standingsIn(
    userId: string,
    targets: readonly Target[],
  ): Promise<readonly (Standing | 'own' | undefined)[]> {
    const ids = (thing: SharedThing) => targets.filter((one) => one.thing === thing).map(({ id }) => id)
    const [runs, messages] = await Promise.all([
      projectMembers.inRuns(userId, ids('run')),
      projectMembers.inMessages(userId, ids('message')),
    ])
    return Promise.all(
      targets.map(async ({ thing, id }) => {
        // What runs leave behind is looked for among one's own by whoever is asked for it.
        if (thing === 'run') return runs.get(id) ?? 'own'
        if (thing === 'message') return messages.get(id) ?? 'own'
        if (await isOwn(userId, thing, id)) return 'own'
        return thing === 'flow' ? projectMembers.inFlow(userId, id) : projectMembers.inProject(userId, id)
      }),
    )
  }

  /** Whether a flow that is not found may be made under this id. */
  const isFree = async ({ method }: Endpoint, { thing, id }: Target): Promise<boolean> =>
    method === 'PUT' && thing === 'flow' && (await flows.nameOf(id)) === undefined

  return {
    /**
     * Undefined when nothing that is named is shared with the caller: the call is then their own, and finds nothing of
     * others. All that is named must be of one person, and be reached by a role that is enough.
     * @throws AppError `role_too_small`, `owners_differ`, `flow_id_not_found`, `project_not_found`
     */
    async of(caller: UserRecord, endpoint: Endpoint, named: Named): Promise<Membership | undefined> {
      const { role: least, roleOf } = endpoint
      if (least === undefined) return undefined
      const targets = targetsOf(named, roleOf)
      const found = await standingsIn(caller.id, targets)
      const standings = found.filter((one) => one !== undefined && one !== 'own')
      const [first] = standings
      if (!first) return undefined
      if (found.includes('own') || standings.some(({ ownerId }) => ownerId !== first.ownerId)) {
        throw new AppError('owners_differ')
      }
      for (const [index, target] of targets.entries()) {
        // The owner would find it, but the caller may not know of it.
        if (found[index] === undefined && !(await isFree(endpoint, target))) {
          throw new AppError(NOT_FOUND[target.thing === 'project' ? 'project' : 'flow'])
        }
      }
      const role = standings.map((one) => one.role).reduce((a, b) => (suffices(a, b) ? b : a))
      if (!suffices(role, least)) throw new AppError('role_too_small', [least, role])
      const owner = await users.find(first.ownerId)
      if (!owner?.isActive) return undefined
      // What only superusers may do is done by none who is not one.
      return { owner: { ...owner, isSuperuser: owner.isSuperuser && caller.isSuperuser }, role }
    },
  }
}

const SHARED = Object.entries(SHARED_THINGS).map(([name, thing]) => ({ name, thing }))

/** All that a request names and that may belong to somebody else. */
function targetsOf({ params, query, body }: Named, roleOf: SharedThing | undefined): readonly Target[] {
  const targets: Target[] = []
  const add = (thing: SharedThing, given: unknown) => {
    if (typeof given !== 'string' || given === '') return
    const parsed = parseUuid(given)
    targets.push({ thing, id: 'id' in parsed ? parsed.id : given })
  }
  for (const part of [params, query, body]) {
    if (isObject(part)) for (const { name, thing } of SHARED) add(thing, part[name])
  }
  if (roleOf && Array.isArray(body)) for (const id of body) add(roleOf, id)
  return targets
}
