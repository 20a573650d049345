import type { Endpoint } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import { type ProjectRole, suffices } from '@runnel/protocol/roles'
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
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

export type Memberships = ReturnType<typeof createMemberships>

type Kind = 'flow' | 'project'
interface Target {
  readonly kind: Kind
  readonly id: string
}

const KINDS: Readonly<Record<string, Kind>> = {
  flow_id: 'flow',
  flow_id_or_name: 'flow',
  project_id: 'project',
  folder_id: 'project',
}

/** How many things are remembered as somebody's own, and for how many milliseconds. */
const REMEMBERED = { count: 10_000, ms: 60_000 } as const

/** Finds out for whom a call is made: the caller, or who made the project they are a member of. */
export function createMemberships({
  storage,
  now,
}: {
  readonly storage: Pick<Storage, 'flows' | 'projects' | 'projectMembers' | 'users'>
  readonly now: () => number
}) {
  const { flows, projects, projectMembers, users } = storage
  /** Whose own a thing is does not change, and most calls are about one's own: they are not looked up again. */
  const own = new Set<string>()
  let since = now()

  async function isOwn(userId: string, { kind, id }: Target): Promise<boolean> {
    if (now() - since > REMEMBERED.ms || own.size >= REMEMBERED.count) {
      own.clear()
      since = now()
    }
    const key = `${userId}\n${id}`
    if (own.has(key)) return true
    const found = kind === 'flow' ? await flows.version(userId, id) : await projects.find(userId, id)
    if (found) own.add(key)
    return found !== undefined
  }

  async function standingIn(userId: string, target: Target): Promise<Standing | 'own' | undefined> {
    if (await isOwn(userId, target)) return 'own'
    return target.kind === 'flow'
      ? projectMembers.inFlow(userId, target.id)
      : projectMembers.inProject(userId, target.id)
  }

  return {
    /**
     * Undefined when nothing that is named is shared with the caller: the call is then their own, and finds nothing of
     * others. All that is named must be of one person, and be reached by a role that is enough.
     * @throws AppError `role_too_small`, `owners_differ`, `flow_id_not_found`, `project_not_found`
     */
    async of(caller: UserRecord, endpoint: Endpoint, named: Named): Promise<Membership | undefined> {
      const least = endpoint.role
      if (least === undefined) return undefined
      const targets = targetsOf(endpoint, named)
      const found = await Promise.all(targets.map((target) => standingIn(caller.id, target)))
      const standings = found.filter((one) => one !== undefined && one !== 'own')
      const [first] = standings
      if (!first) return undefined
      if (found.includes('own') || standings.some(({ ownerId }) => ownerId !== first.ownerId)) {
        throw new AppError('owners_differ')
      }
      // The owner would find it, but the caller may not know of it.
      const missing = targets.find((_, index) => found[index] === undefined)
      if (missing) throw new AppError(missing.kind === 'flow' ? 'flow_id_not_found' : 'project_not_found')
      const role = standings.map((one) => one.role).reduce((a, b) => (suffices(a, b) ? b : a))
      if (!suffices(role, least)) throw new AppError('role_too_small', [least, role])
      const owner = await users.find(first.ownerId)
      if (!owner?.isActive) return undefined
      // What only superusers may do is done by none who is not one.
      return { owner: { ...owner, isSuperuser: owner.isSuperuser && caller.isSuperuser }, role }
    },
  }
}

/** All that a request names and that may belong to somebody else. */
function targetsOf({ roleOf }: Pick<Endpoint, 'roleOf'>, { params, query, body }: Named): readonly Target[] {
  const targets = [params, query, body].flatMap((part) =>
    Object.entries(KINDS).flatMap(([name, kind]) => targetOf(kind, Reflect.get(Object(part), name))),
  )
  return roleOf && Array.isArray(body) ? [...targets, ...body.flatMap((id) => targetOf(roleOf, id))] : targets
}

function targetOf(kind: Kind, given: unknown): readonly Target[] {
  if (typeof given !== 'string') return []
  const parsed = parseUuid(given)
  return [{ kind, id: 'id' in parsed ? parsed.id : given }]
}
