import type { Publication } from '@runnel/protocol/publications'

const MAX_SECONDS = 86_400
const MAX_RATE = 100_000
/** Five minutes, where a cache is switched on without a time. */
const USUAL_SECONDS = 300

/** How a published flow is served, as it stands in the form. */
export interface ServingDraft {
  readonly isCached: boolean
  readonly seconds: string
  /** Calls a second; empty for no limit of the flow's own. */
  readonly rate: string
}

export const servingDraft = (flow: Pick<Publication, 'cache_seconds' | 'rate_limit'>): ServingDraft => ({
  isCached: flow.cache_seconds > 0,
  seconds: String(flow.cache_seconds || USUAL_SECONDS),
  rate: flow.rate_limit === null ? '' : String(flow.rate_limit),
})

/** What cannot be taken as it stands. */
export function servingProblems({ isCached, seconds, rate }: ServingDraft): readonly ('seconds' | 'rate')[] {
  const time = Number(seconds)
  const isTime = Number.isInteger(time) && time >= 1 && time <= MAX_SECONDS
  const calls = Number(rate)
  const isRate = rate.trim() === '' || (calls > 0 && calls <= MAX_RATE)
  return [...(isCached && !isTime ? (['seconds'] as const) : []), ...(isRate ? [] : (['rate'] as const))]
}

export const servingBody = ({ isCached, seconds, rate }: ServingDraft) => ({
  cache_seconds: isCached ? Number(seconds) : 0,
  rate_limit: rate.trim() === '' ? null : Number(rate),
})
