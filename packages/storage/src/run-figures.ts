import type { Engine } from './dialect/engine.ts'

export interface RunFiguresQuery {
  readonly userId: string
  /** Only runs of this flow, or of the flows of this project. */
  readonly flowId?: string | null
  readonly projectId?: string | null
  /** Epoch milliseconds. */
  readonly since: number
}

export interface RunFigures {
  /** Runs that began in the time. */
  readonly begun: number
  /** Runs that ended in it, other than by being stopped, and how many of them failed. */
  readonly ended: number
  readonly failed: number
  /** What the runs that ended in it cost, in billionths of a US dollar. */
  readonly cost: number
  /** 95 of 100 of the runs that succeeded took at most this long; null without any. */
  readonly p95Ms: number | null
}

/** Runs that take longer than this are not looked for among those that ended. */
const LONGEST_MS = 86_400_000

/** What the runs of a user amount to since a moment. */
export function createRunFigures({ db }: Pick<Engine, 'db'>) {
  return async ({ userId, flowId, projectId, since }: RunFiguresQuery): Promise<RunFigures> => {
    let flows = db.selectFrom('flow').select('flow.id').where('flow.user_id', '=', userId)
    if (flowId) flows = flows.where('flow.id', '=', flowId)
    if (projectId) flows = flows.where('flow.project_id', '=', projectId)
    // Ids begin with the time a run was taken in, which is what the index of a flow's runs goes by.
    const runs = db
      .selectFrom('run')
      .where('flow_id', 'in', flows)
      .where('id', '>=', firstIdAt(since - LONGEST_MS))
      .where('user_id', '=', userId)
    const ended = runs.where('ended_at', '>=', since)
    const begun = await runs
      .where('started_at', '>=', since)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirst()
    const byStatus = await ended
      .select((eb) => ['status', eb.fn.countAll<number>().as('count'), eb.fn.sum<number | null>('cost').as('cost')])
      .groupBy('status')
      .execute()
    const countOf = (status: string) => Number(byStatus.find((row) => row.status === status)?.count ?? 0)
    const [succeeded, failed] = [countOf('succeeded'), countOf('failed')]
    const slow = await ended
      .where('status', '=', 'succeeded')
      .select((eb) => eb('ended_at', '-', eb.ref('started_at')).as('ms'))
      .orderBy('ms')
      .offset(Math.max(0, Math.ceil(succeeded * 0.95) - 1))
      .limit(1)
      .executeTakeFirst()
    return {
      begun: Number(begun?.count ?? 0),
      ended: succeeded + failed,
      failed,
      cost: byStatus.reduce((sum, { cost }) => sum + Number(cost ?? 0), 0),
      p95Ms: slow === undefined ? null : Number(slow.ms),
    }
  }
}

function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

export type RunFiguresReader = ReturnType<typeof createRunFigures>
