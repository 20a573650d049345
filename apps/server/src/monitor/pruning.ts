import type { Storage } from '@runnel/storage/open-storage'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

const EVERY_MS = 60_000
const DAY_MS = 86_400_000
/** How long records of who did what are kept, and sums of calls. */
const AUDIT_DAYS = 90
const USAGE_DAYS = 400
/** Days that sums of runs are kept; the runs themselves are kept shorter. */
export const SUMS_KEPT_DAYS = 400
/** Sums by the hour: as long as the last day of the longest time that is compared is away. */
const HOURS_KEPT_DAYS = 92

export interface PruningOptions {
  readonly storage: { readonly prune: Storage['prune']; readonly runSums: Pick<Storage['runSums'], 'rollUp'> }
  readonly config: Pick<
    Config,
    | 'maxTransactionsToKeep'
    | 'maxVertexBuildsToKeep'
    | 'maxRunsToKeep'
    | 'runHistoryDays'
    | 'publicFlowCleanupInterval'
    | 'publicFlowExpiration'
  >
  readonly log: Pick<Log, 'error'>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly everyMs?: number
}

/**
 * Counts what runs came to, and removes what they left behind beyond the bounds of the settings, once a minute, and less
 * often what visitors of public flows have said; does not keep the process alive.
 * Gives the way to end it: resolves when nothing is being removed any more.
 */
export function startPruning({ storage, config, log, now, everyMs = EVERY_MS }: PruningOptions): () => Promise<void> {
  const abort = new AbortController()
  let working: Promise<void> | undefined
  let visitorsAt = 0

  async function prune(): Promise<void> {
    try {
      const isTimeForVisitors = now() - visitorsAt >= config.publicFlowCleanupInterval * 1000
      if (isTimeForVisitors) visitorsAt = now()
      // First, so that what is removed was counted.
      await storage.runSums.rollUp(now(), abort.signal)
      await storage.prune({
        // A step is both a transaction and the build of a node.
        keepSteps: Math.max(config.maxTransactionsToKeep, config.maxVertexBuildsToKeep),
        keepRuns: config.maxRunsToKeep,
        before: now() - config.runHistoryDays * DAY_MS,
        ...(isTimeForVisitors && { visitorsBefore: now() - config.publicFlowExpiration * 1000 }),
        auditBefore: now() - AUDIT_DAYS * DAY_MS,
        usageBefore: new Date(now() - USAGE_DAYS * DAY_MS).toISOString().slice(0, 10),
        sumsBefore: { day: now() - SUMS_KEPT_DAYS * DAY_MS, hour: now() - HOURS_KEPT_DAYS * DAY_MS },
        signal: abort.signal,
      })
    } catch (error) {
      if (!abort.signal.aborted) log.error('old runs could not be removed', { error })
    }
  }

  const timer = setInterval(() => {
    working ??= prune().finally(() => {
      working = undefined
    })
  }, everyMs)
  timer.unref()

  return async () => {
    clearInterval(timer)
    abort.abort()
    await working
  }
}
