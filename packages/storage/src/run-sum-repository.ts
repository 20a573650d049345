import type { Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Engine } from './dialect/engine.ts'
import { slotSumCodec, summedRunCodec } from './run-codecs.ts'
import { createRunRollUp, type RollUpBounds, readRuns, readState } from './run-roll-up.ts'
import { joinSums, type RunSum, type SummedRun, sumOfRuns } from './run-sum.ts'
import { flowsIn, isOfSomeFlows, type SlottedScope } from './summary-scope.ts'

/** Runs younger than this, in milliseconds, may not be written yet: they are read one by one. */
const SETTLED_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Nobody's runs are everybody's, too. */
const NOBODY = ''

/** How runs went, from sums that are made of them some time after they end. */
export function createRunSumRepository({ db }: Pick<Engine, 'db'>) {
  const rollUp = createRunRollUp({ db })
  let rolling: Promise<void> | undefined

  /** Counts what has ended; whoever asks meanwhile waits for the same. */
  function count(bounds: RollUpBounds): Promise<void> {
    rolling ??= rollUp(bounds).finally(() => {
      rolling = undefined
    })
    return rolling
  }

  return {
    /** Counts the runs that have ended by now (epoch milliseconds), but for the last minute. */
    rollUp: (now: number, signal?: AbortSignal): Promise<void> =>
      count({ until: now - SETTLED_MS, ...(signal && { signal }) }),

    /**
     * What the runs of each slot came to; slots without runs are left out. The time begins with an hour or day (UTC)
     * and ends with an hour.
     */
    async read(scope: SlottedScope, now: number): Promise<ReadonlyMap<number, RunSum>> {
      await count({ until: now - SETTLED_MS })
      return db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (transaction) => {
          const state = await readState(transaction)
          const [settled, late, young] = [
            await readSums(transaction, scope),
            await readRuns(transaction, state.unfinished),
            await runsAfter(transaction, state.after, scope),
          ]
          const isWanted = await scopeTest(transaction, scope)
          const slotOf = (at: number) => Math.floor((at - scope.since) / scope.slotMs)
          const bySlot = new Map<number, RunSum[]>()
          const add = (slot: number, sum: RunSum) => bySlot.set(slot, [...(bySlot.get(slot) ?? []), sum])
          for (const sum of settled) add(slotOf(sum.at), sum)
          const runs = [...late, ...young].filter(isWanted)
          for (const [slot, group] of Map.groupBy(runs, ({ startedAt }) => slotOf(startedAt))) {
            add(slot, sumOfRuns(group))
          }
          return new Map([...bySlot].map(([slot, sums]) => [slot, joinSums(sums)]))
        })
    },
  }
}

export type RunSumRepository = ReturnType<typeof createRunSumRepository>

/** By whole days, and by hours where a day is not whole. */
async function readSums(transaction: Transaction<Database>, scope: SlottedScope) {
  const { userId, since, until, slotMs } = scope
  const days = slotMs === DAY_MS ? Math.floor(until / DAY_MS) * DAY_MS : since
  let query = transaction
    .selectFrom('run_sum')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('slot', '=', 'day'), eb('at', '>=', since), eb('at', '<', days)]),
        eb.and([eb('slot', '=', 'hour'), eb('at', '>=', days), eb('at', '<', until)]),
      ]),
    )
  query =
    userId === undefined
      ? query.where((eb) =>
          eb.or([eb('user_id', '=', NOBODY), eb('user_id', 'in', eb.selectFrom('user').select('user.id'))]),
        )
      : query.where('user_id', '=', userId)
  if (userId !== undefined || isOfSomeFlows(scope)) query = query.where('flow_id', 'in', flowsIn(transaction, scope))
  return (await query.execute()).map((row) => slotSumCodec.decode(row))
}

async function runsAfter(
  transaction: Transaction<Database>,
  id: string,
  { userId }: SlottedScope,
): Promise<readonly SummedRun[]> {
  let query = transaction.selectFrom('run').select(summedRunCodec.columns).where('id', '>', id)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  return (await query.execute()).map((row) => summedRunCodec.decode(row))
}

/** Whether a run is one of the scope. */
async function scopeTest(transaction: Transaction<Database>, scope: SlottedScope) {
  const { userId, since, until } = scope
  const flows =
    userId !== undefined || isOfSomeFlows(scope)
      ? new Set((await flowsIn(transaction, scope).execute()).map(({ id }) => id))
      : undefined
  return (run: SummedRun): boolean =>
    run.startedAt >= since &&
    run.startedAt < until &&
    (userId === undefined || run.userId === userId) &&
    (flows === undefined || flows.has(run.flowId))
}
