import type { KeyLimitsBody } from '@runnel/protocol/api-keys'
import type { ListedKey } from '../api/api-keys.ts'
import { timeOf } from '../ui/time.tsx'

const DAY_MS = 86_400_000
const DAYS = { month: 30, quarter: 90, year: 365 } as const

/** How long a key lasts. */
export const LIFETIMES = ['never', 'month', 'quarter', 'year', 'date'] as const
export type Lifetime = (typeof LIFETIMES)[number]

/** What a key is for. */
export const SCOPES = ['all', 'flows', 'projects'] as const
export type Scope = (typeof SCOPES)[number]

/** A key as it stands in the form. */
export interface KeyDraft {
  readonly name: string
  readonly access: 'run' | 'manage'
  readonly scope: Scope
  readonly flowIds: readonly string[]
  readonly projectIds: readonly string[]
  /** One address or network a line. */
  readonly addresses: string
  /** Calls a second; empty for what the server is set to. */
  readonly rate: string
  readonly lifetime: Lifetime
  /** `2026-12-31`, for a lifetime of `date`: the last day, in the time of this browser. */
  readonly lastDay: string
}

export const newKeyDraft = (access: KeyDraft['access']): KeyDraft => ({
  name: '',
  access,
  scope: 'all',
  flowIds: [],
  projectIds: [],
  addresses: '',
  rate: '',
  lifetime: 'never',
  lastDay: '',
})

/** What keeps a key from being made; undefined when nothing does. */
export function draftProblem(
  draft: KeyDraft,
  now: number,
): 'chooseFlows' | 'chooseProjects' | 'rate' | 'day' | undefined {
  if (draft.scope === 'flows' && draft.flowIds.length === 0) return 'chooseFlows'
  if (draft.scope === 'projects' && draft.projectIds.length === 0) return 'chooseProjects'
  if (draft.rate.trim() !== '' && !(Number(draft.rate) >= 0)) return 'rate'
  const until = expiry(draft, now)
  if (draft.lifetime === 'date' && (until === null || Date.parse(until) <= now)) return 'day'
  return undefined
}

/** The limits of a key, as the server takes them; what is not limited is left out. */
export function keyBody(draft: KeyDraft, now: number): KeyLimitsBody & { readonly expires_at: string | null } {
  const addresses = draft.addresses.split(/[\s,]+/).filter((one) => one !== '')
  return {
    access: draft.access,
    ...(draft.scope === 'flows' && { flow_ids: [...draft.flowIds] }),
    ...(draft.scope === 'projects' && { project_ids: [...draft.projectIds] }),
    ...(addresses.length > 0 && { addresses }),
    ...(draft.rate.trim() !== '' && { rate_limit: Number(draft.rate) }),
    expires_at: expiry(draft, now),
  }
}

/** A key there is, as it stands in the form. */
export function draftOf(key: Omit<ListedKey, 'api_key'>): KeyDraft {
  return {
    name: key.name ?? '',
    access: key.access,
    scope: key.flow_ids ? 'flows' : key.project_ids ? 'projects' : 'all',
    flowIds: key.flow_ids ?? [],
    projectIds: key.project_ids ?? [],
    addresses: (key.addresses ?? []).join('\n'),
    rate: key.rate_limit === null ? '' : String(key.rate_limit),
    lifetime: key.expires_at === null ? 'never' : 'date',
    // Days are those of this browser; Swedes write them as the date input does.
    lastDay: key.expires_at === null ? '' : new Date(timeOf(key.expires_at)).toLocaleDateString('sv'),
  }
}

/** What the server has to be told of an edited key: a limit that is gone is null, what stayed is left out. */
export function keyChanges(before: KeyDraft, after: KeyDraft, now: number): KeyChanges {
  const [old, next] = [keyBody(before, now), keyBody(after, now)]
  const parts = ['access', 'flow_ids', 'project_ids', 'addresses', 'rate_limit', 'expires_at'] as const
  const changed = parts.filter((part) => JSON.stringify(old[part]) !== JSON.stringify(next[part]))
  const name = after.name.trim()
  return {
    ...Object.fromEntries(changed.map((part) => [part, next[part] ?? null])),
    ...(name !== '' && name !== before.name && { name }),
  }
}

type KeyChanges = Partial<ReturnType<typeof keyBody>> & { readonly name?: string }

function expiry({ lifetime, lastDay }: KeyDraft, now: number): string | null {
  if (lifetime === 'never') return null
  if (lifetime !== 'date') return new Date(now + DAYS[lifetime] * DAY_MS).toISOString()
  const end = new Date(`${lastDay}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}
