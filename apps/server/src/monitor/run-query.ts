import type { listRuns } from '@runnel/protocol/monitor'
import type { RunQuery } from '@runnel/storage/run-repository'
import type { z } from 'zod'

type Asked = z.output<NonNullable<(typeof listRuns)['query']>>

/** What a list of runs is asked for, as the store takes it: filters that are not set are left out. */
export function toRunQuery(asked: Asked): Omit<RunQuery, 'userId' | 'limit'> {
  const { status, kind, since, until, version, before } = asked
  const cost = asked.min_cost === undefined ? undefined : Math.round(asked.min_cost * 1e9)
  const filters = {
    flowId: asked.flow_id,
    sessionId: asked.session_id,
    status,
    kinds: kind,
    since,
    until,
    keyId: asked.key_id === 'none' ? null : asked.key_id,
    version,
    minDurationMs: asked.min_duration,
    minTokens: asked.min_tokens,
    minCost: cost,
    input: asked.input?.trim() || undefined,
    output: asked.output?.trim() || undefined,
    error: asked.error?.trim() || undefined,
    search: asked.search?.trim() || undefined,
    before,
  }
  // Entries that are undefined are gone.
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Omit<
    RunQuery,
    'userId' | 'limit'
  >
}
