import { createAuditRepository } from './audit-repository.ts'
import type { Engine } from './dialect/engine.ts'
import { idAt } from './id-at.ts'
import type { SlotSum } from './run-sum.ts'

export interface PruneBounds {
  /** Newest steps kept, over all flows; 3000 unless said. */
  readonly keepSteps?: number
  /** Newest runs kept; all unless said. */
  readonly keepRuns?: number
  /** Runs and steps that began before are removed. Epoch milliseconds. */
  readonly before?: number
  /** Messages visitors of public flows left before are removed. Epoch milliseconds. */
  readonly visitorsBefore?: number
  /** Audit records from before are removed. Epoch milliseconds. */
  readonly auditBefore?: number
  /** Sums of calls of earlier days are removed: `2026-01-31`. */
  readonly usageBefore?: string
  /** Sums of runs of earlier days, and of earlier hours, are removed. Epoch milliseconds. */
  readonly sumsBefore?: { readonly day: number; readonly hour: number }
  readonly signal?: AbortSignal
}

export interface Pruned {
  readonly steps: number
  readonly runs: number
}

export type Pruner = (bounds?: PruneBounds) => Promise<Pruned>

/** Some ten milliseconds of deleting, after which whoever waits for the database has a turn. */
const SLICE = 200

export function createPruner({ db }: Pick<Engine, 'db'>): Pruner {
  const audit = createAuditRepository({ db })
  const inSlices = async (removeSlice: () => Promise<number>, signal: AbortSignal | undefined) => {
    let removed = 0
    for (let last = SLICE; last === SLICE; ) {
      signal?.throwIfAborted()
      last = await removeSlice()
      removed += last
      await new Promise((resolve) => setImmediate(resolve))
    }
    return removed
  }

  const stepsUpTo = (seq: number) => async () => {
    const slice = db.selectFrom('run_step').select('seq').where('seq', '<=', seq).orderBy('seq').limit(SLICE)
    return Number((await db.deleteFrom('run_step').where('seq', 'in', slice).executeTakeFirst()).numDeletedRows)
  }
  const runsUpTo = (id: string) => async () => {
    const slice = db.selectFrom('run').select('id').where('id', '<=', id).orderBy('id').limit(SLICE)
    return Number((await db.deleteFrom('run').where('id', 'in', slice).executeTakeFirst()).numDeletedRows)
  }

  const removeSums = async (slot: SlotSum['slot'], before: number) => {
    // Owners by name: the key of the table begins with them.
    const owners = db.selectFrom('user').select('user.id')
    await db
      .deleteFrom('run_sum')
      .where((eb) => eb.or([eb('user_id', '=', ''), eb('user_id', 'in', owners)]))
      .where('slot', '=', slot)
      .where('at', '<', before)
      .execute()
  }

  const messagesOf = (flowId: string, before: number) => async () => {
    const old = db.selectFrom('message').select('id').where('flow_id', '=', flowId).where('timestamp', '<', before)
    return Number(
      (await db.deleteFrom('message').where('id', 'in', old.limit(SLICE)).executeTakeFirst()).numDeletedRows,
    )
  }

  /** Removes what was said before in flows that are none: ids of version 5, made of a visitor and a public flow. */
  async function removeVisitors(before: number, signal: AbortSignal | undefined): Promise<void> {
    for (let last = ''; ; ) {
      signal?.throwIfAborted()
      // From flow to flow in the index: as many steps as flows, not as messages.
      const next = await db
        .selectFrom('message')
        .select((eb) => eb.fn.min<string | null>('flow_id').as('id'))
        .where('flow_id', '>', last)
        .executeTakeFirst()
      if (!next?.id) return
      last = next.id
      if (last[14] !== '5') continue
      const flow = await db.selectFrom('flow').select('id').where('id', '=', last).executeTakeFirst()
      if (!flow) await inSlices(messagesOf(last, before), signal)
    }
  }

  return async ({
    keepSteps = 3000,
    keepRuns,
    before,
    visitorsBefore,
    auditBefore,
    usageBefore,
    sumsBefore,
    signal,
  } = {}) => {
    const step = await db
      .selectFrom('run_step')
      .select('seq')
      .orderBy('seq', 'desc')
      .limit(1)
      .offset(keepSteps)
      .executeTakeFirst()
    let steps = step ? await inSlices(stepsUpTo(step.seq), signal) : 0
    if (before !== undefined) {
      // Steps and runs stand in the order of time: the newest one that is too old ends those to remove.
      const old = await db
        .selectFrom('run_step')
        .select((eb) => eb.fn.max('seq').as('seq'))
        .where('started_at', '<', before)
        .executeTakeFirst()
      if (old?.seq) steps += await inSlices(stepsUpTo(old.seq), signal)
    }
    let runs = 0
    const run =
      keepRuns === undefined
        ? undefined
        : await db.selectFrom('run').select('id').orderBy('id', 'desc').limit(1).offset(keepRuns).executeTakeFirst()
    if (run) runs = await inSlices(runsUpTo(run.id), signal)
    if (before !== undefined) runs += await inSlices(runsUpTo(idAt(before)), signal)
    if (visitorsBefore !== undefined) await removeVisitors(visitorsBefore, signal)
    if (auditBefore !== undefined) await audit.removeBefore(auditBefore)
    if (usageBefore !== undefined) {
      await db.deleteFrom('usage_day').where('day', '<', usageBefore).execute()
      await db.deleteFrom('model_usage_day').where('day', '<', usageBefore).execute()
    }
    if (sumsBefore) {
      await removeSums('day', sumsBefore.day)
      await removeSums('hour', sumsBefore.hour)
    }
    return { steps, runs }
  }
}
