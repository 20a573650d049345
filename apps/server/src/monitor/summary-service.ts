import { AppError } from '@runnel/protocol/errors'
import type { MonitorSummary, SummaryRange } from '@runnel/protocol/monitor-summary'
import { nodeNames } from '@runnel/protocol/node-names'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import { joinSums } from '@runnel/storage/run-sum'
import { dollars } from '../runs/run-costs.ts'
import { SUMS_KEPT_DAYS } from './pruning.ts'
import { summaryOf } from './run-sums.ts'
import { periodBefore, periodOf, type SummaryPeriod } from './summary-period.ts'

export interface SummaryServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'runSums' | 'runSummaries'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface SummaryAsked {
  readonly range: SummaryRange
  readonly scope: 'own' | 'instance'
  readonly flowId?: string | undefined
  readonly projectId?: string | undefined
}

const MOST_ERRORS = 10
const DAY_MS = 86_400_000
const NO_RUNS = joinSums([])

export type SummaryService = ReturnType<typeof createSummaryService>

/** How runs went in a time and in the one before it. */
export function createSummaryService({ storage: { flows, runSums, runSummaries }, now }: SummaryServiceOptions) {
  async function read(scope: { readonly userId?: string }, period: SummaryPeriod) {
    const asked = { ...scope, ...period }
    const runs = await runSums.read(asked, now())
    const feedback = await runSummaries.feedback(asked)
    const sum = (side: 'up' | 'down') => feedback.reduce((all, row) => all + row[side], 0)
    return { runs, feedback, totals: summaryOf(joinSums([...runs.values()]), { up: sum('up'), down: sum('down') }) }
  }

  /** What the nodes of some flows are called, by the id of the flow. */
  async function namesIn(userId: string, flowIds: readonly (string | null)[]) {
    const ids = new Set(flowIds.filter((id) => id !== null))
    const read = await Promise.all([...ids].map((id) => flows.find(userId, id)))
    return new Map(
      read.flatMap((flow) => (flow?.data ? [[flow.id, new Map(nodeNames(JSON.parse(flow.data)))] as const] : [])),
    )
  }

  return {
    /** @throws AppError `not_superuser` when somebody else asks for everybody's runs. */
    async read(user: Pick<UserRecord, 'id' | 'isSuperuser'>, asked: SummaryAsked): Promise<MonitorSummary> {
      const isOfAll = asked.scope === 'instance'
      if (isOfAll && !user.isSuperuser) throw new AppError('not_superuser')
      const scope = {
        ...(!isOfAll && { userId: user.id }),
        ...(asked.flowId !== undefined && { flowId: asked.flowId }),
        ...(asked.projectId !== undefined && { projectId: asked.projectId }),
      }
      const time = now()
      const period = periodOf(asked.range, time)
      const before = periodBefore(period, time)
      const { runs, feedback, totals } = await read(scope, period)
      const previous = await read(scope, before)
      const models = await runSummaries.models({ ...scope, ...period })
      const errors = await runSummaries.errors({ ...scope, ...period }, { limit: MOST_ERRORS, codesOnly: isOfAll })
      const names = await namesIn(
        user.id,
        errors.map(({ flowId }) => flowId),
      )
      const { since, until, slotMs } = period
      return {
        from: moment(since),
        to: moment(until),
        totals,
        slot: slotMs === DAY_MS ? 'day' : 'hour',
        slots: Array.from({ length: (until - since) / slotMs }, (_, slot) => {
          const { up = 0, down = 0 } = feedback.find((row) => row.slot === slot) ?? {}
          return { at: moment(since + slot * slotMs), ...summaryOf(runs.get(slot) ?? NO_RUNS, { up, down }) }
        }),
        previous: { from: moment(before.since), to: moment(before.until), totals: previous.totals },
        models: {
          from: moment(since).slice(0, 10),
          to: moment(until - 1).slice(0, 10),
          rows: models.map((row) => ({
            provider: row.provider,
            model: row.model,
            calls: row.calls,
            unpriced_calls: row.unpricedCalls,
            input_tokens: row.inputTokens,
            output_tokens: row.outputTokens,
            cost: dollars(row.cost),
          })),
        },
        errors: errors.map((row) => ({
          code: row.code,
          message: row.message,
          flow_id: row.flowId,
          component_id: row.nodeId,
          component_name: names.get(row.flowId ?? '')?.get(row.nodeId ?? '') ?? null,
          runs: row.runs,
          last_at: moment(row.lastAt),
        })),
        kept_days: SUMS_KEPT_DAYS,
      }
    },
  }
}

const moment = (time: number): string => new Date(time).toISOString()
