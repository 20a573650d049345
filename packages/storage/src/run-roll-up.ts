import type { Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Engine } from './dialect/engine.ts'
import { idAt } from './id-at.ts'
import { fromJson, toJson } from './json.ts'
import { slotSumCodec, summedRunCodec } from './run-codecs.ts'
import { joinSums, type SlotSum, type SummedRun, sumOfRuns } from './run-sum.ts'

/** How far runs are counted. */
export interface RollUpState {
  /** The id of the newest run that was looked at. */
  readonly after: string
  /** Those up to it that had not ended. */
  readonly unfinished: readonly string[]
}

export interface RollUpBounds {
  /** Runs that were taken in up to this moment are counted. Epoch milliseconds. */
  readonly until: number
  readonly signal?: AbortSignal
}

const KEY = 'run_sums'
/** Some ten milliseconds of work, after which whoever waits for the database has a turn. */
const SLICE = 500
/** Rows of one insert: both databases bind some tens of thousands of values. */
const ROWS = 200
/** Older ones are not waited for any more. */
const MOST_UNFINISHED = 20_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Counts runs once they have ended, in slices, off the way of the runs themselves. What is counted and how far is
 * committed together: nothing is counted twice, also by processes that share a database.
 */
export function createRunRollUp({ db }: Pick<Engine, 'db'>) {
  async function slice(until: string): Promise<boolean> {
    return db.transaction().execute(async (transaction) => {
      const state = await lockState(transaction)
      const rows = await transaction
        .selectFrom('run')
        .select(summedRunCodec.columns)
        .where('id', '>', state.after)
        .where('id', '<', until)
        .orderBy('id')
        .limit(SLICE)
        .execute()
      const runs = rows.map((row) => summedRunCodec.decode(row))
      const last = runs.at(-1)
      if (!last) return true
      await addRuns(transaction, runs.filter(hasEnded))
      const unfinished = [...state.unfinished, ...runs.filter((run) => !hasEnded(run)).map(({ id }) => id)]
      await writeState(transaction, { after: last.id, unfinished: unfinished.slice(-MOST_UNFINISHED) })
      return runs.length < SLICE
    })
  }

  /** Runs that had not ended when they were looked at. Those that are gone are forgotten. */
  async function unfinished(at: number): Promise<boolean> {
    return db.transaction().execute(async (transaction) => {
      const state = await lockState(transaction)
      const asked = state.unfinished.slice(at, at + SLICE)
      if (asked.length === 0) return true
      const runs = await readRuns(transaction, asked)
      const waiting = new Set(runs.filter((run) => !hasEnded(run)).map(({ id }) => id))
      if (waiting.size < asked.length) {
        await addRuns(transaction, runs.filter(hasEnded))
        const left = state.unfinished.filter((id, place) => place < at || place >= at + SLICE || waiting.has(id))
        await writeState(transaction, { ...state, unfinished: left })
      }
      return false
    })
  }

  async function repeat(step: () => Promise<boolean>, signal: AbortSignal | undefined): Promise<void> {
    for (let isDone = false; !isDone; ) {
      signal?.throwIfAborted()
      isDone = await step()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return async ({ until, signal }: RollUpBounds): Promise<void> => {
    let at = 0
    await repeat(async () => {
      const isDone = await unfinished(at)
      at += SLICE
      return isDone
    }, signal)
    await repeat(() => slice(idAt(until)), signal)
  }
}

/** How far runs are counted, as this transaction sees it. */
export async function readState(db: Pick<Transaction<Database>, 'selectFrom'>): Promise<RollUpState> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return row ? fromJson(row.value) : { after: '', unfinished: [] }
}

/** The runs of these ids, as far as there are any. */
export async function readRuns(
  db: Pick<Transaction<Database>, 'selectFrom'>,
  ids: readonly string[],
): Promise<readonly SummedRun[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('run').select(summedRunCodec.columns).where('id', 'in', ids).execute()
  return rows.map((row) => summedRunCodec.decode(row))
}

/** Other processes wait here until this one has counted. */
async function lockState(transaction: Transaction<Database>): Promise<RollUpState> {
  const empty = toJson({ after: '', unfinished: [] } satisfies RollUpState)
  const { value } = await transaction
    .insertInto('setting')
    .values({ key: KEY, value: empty })
    .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('setting.value') })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return fromJson(value)
}

async function writeState(transaction: Transaction<Database>, state: RollUpState): Promise<void> {
  await transaction
    .updateTable('setting')
    .set({ value: toJson(state) })
    .where('key', '=', KEY)
    .execute()
}

async function addRuns(transaction: Transaction<Database>, runs: readonly SummedRun[]): Promise<void> {
  const hours = hourSums(runs)
  const sums = [...hours, ...daySums(hours)]
  for (let from = 0; from < sums.length; from += ROWS) {
    const added = sums.slice(from, from + ROWS)
    const stored = await sumsAt(transaction, added)
    const joined = added.map((sum): SlotSum => {
      const before = stored.get(placeOf(sum))
      return before ? { ...sum, ...joinSums([before, sum]) } : sum
    })
    const rows = joined.map((sum) => slotSumCodec.encode(sum))
    await transaction
      .insertInto('run_sum')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'slot', 'at', 'flow_id']).doUpdateSet((eb) => ({
          runs: eb.ref('excluded.runs'),
          succeeded: eb.ref('excluded.succeeded'),
          failed: eb.ref('excluded.failed'),
          input_tokens: eb.ref('excluded.input_tokens'),
          output_tokens: eb.ref('excluded.output_tokens'),
          cost: eb.ref('excluded.cost'),
          unpriced_runs: eb.ref('excluded.unpriced_runs'),
          unpriced_tokens: eb.ref('excluded.unpriced_tokens'),
          durations: eb.ref('excluded.durations'),
          sessions: eb.ref('excluded.sessions'),
        })),
      )
      .execute()
  }
}

/** What is counted so far of the slots of these sums. */
async function sumsAt(transaction: Transaction<Database>, sums: readonly SlotSum[]) {
  const found = new Map<string, SlotSum>()
  for (const [userId, ofUser] of Map.groupBy(sums, (sum) => sum.userId)) {
    const [slots, times, flows] = [new Set<SlotSum['slot']>(), new Set<number>(), new Set<string>()]
    for (const { slot, at, flowId } of ofUser) {
      slots.add(slot)
      times.add(at)
      flows.add(flowId)
    }
    const rows = await transaction
      .selectFrom('run_sum')
      .selectAll()
      .where('user_id', '=', userId)
      .where('slot', 'in', [...slots])
      .where('at', 'in', [...times])
      .where('flow_id', 'in', [...flows])
      .execute()
    for (const row of rows) found.set(placeOf(slotSumCodec.decode(row)), slotSumCodec.decode(row))
  }
  return found
}

const startOf = (time: number, slotMs: number) => Math.floor(time / slotMs) * slotMs

/** What runs come to in each hour they began in. */
function hourSums(runs: readonly SummedRun[]): readonly SlotSum[] {
  const groups = Map.groupBy(runs, (run) => `${startOf(run.startedAt, HOUR_MS)} ${run.flowId} ${run.userId}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { userId, flowId, startedAt } = first
    return { userId: userId ?? '', slot: 'hour', at: startOf(startedAt, HOUR_MS), flowId, ...sumOfRuns(group) }
  })
}

function daySums(hours: readonly SlotSum[]): readonly SlotSum[] {
  const groups = Map.groupBy(hours, ({ at, flowId, userId }) => `${startOf(at, DAY_MS)} ${flowId} ${userId}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? { ...first, slot: 'day', at: startOf(first.at, DAY_MS), ...joinSums(group) } : []
  })
}

const placeOf = ({ userId, slot, at, flowId }: SlotSum): string => [userId, slot, at, flowId].join(' ')

const hasEnded = ({ status }: SummedRun): boolean => status !== 'queued' && status !== 'running'
