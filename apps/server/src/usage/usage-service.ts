import type { GroupBy, ModelUsageRow, UsageRow, UsageSum } from '@runnel/protocol/usage'
import { percentile } from '@runnel/storage/duration-buckets'
import type { Storage } from '@runnel/storage/open-storage'
import type { UsageRecord } from '@runnel/storage/run-records'
import { dollars } from '../runs/run-costs.ts'
import type { UsageRecorder } from './usage-recorder.ts'

export interface UsageServiceOptions {
  readonly storage: Pick<Storage, 'usage' | 'modelUsage' | 'flows' | 'apiKeys'>
  readonly recorder: Pick<UsageRecorder, 'flush'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface UsageAsked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly flowId?: string | undefined
  readonly keyId?: string | undefined
  readonly groupBy?: readonly GroupBy[] | undefined
}

export interface UsageFound {
  readonly from: string
  readonly to: string
  readonly total: UsageSum
  readonly rows: readonly UsageRow[]
}

const DAY_MS = 86_400_000
const USUAL_DAYS = 30
const ALL_GROUPS: readonly GroupBy[] = ['day', 'flow', 'key']

export type UsageService = ReturnType<typeof createUsageService>

/** How much flows are called. What was counted before a question is in its answer. */
export function createUsageService({ storage, recorder, now }: UsageServiceOptions) {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

  const periodOf = ({ from, to = dayOf(now()) }: Pick<UsageAsked, 'from' | 'to'>) => ({
    from: from ?? dayOf(Date.parse(to) - (USUAL_DAYS - 1) * DAY_MS),
    to,
  })

  return {
    async read(userId: string, asked: UsageAsked): Promise<UsageFound> {
      await recorder.flush()
      const { from, to } = periodOf(asked)
      const records = await storage.usage.list({
        userId,
        from,
        to,
        ...(asked.flowId !== undefined && { flowIds: [asked.flowId] }),
        ...(asked.keyId !== undefined && { keyId: asked.keyId === 'none' ? '' : asked.keyId }),
      })
      const groups = asked.groupBy?.length ? asked.groupBy : ALL_GROUPS
      const [flows, keys] = await Promise.all([
        groups.includes('flow') && records.length > 0 ? storage.flows.headers(userId) : [],
        groups.includes('key') && records.length > 0 ? storage.apiKeys.list(userId) : [],
      ])
      const flowNames = new Map(flows.map(({ id, name }) => [id, name]))
      const keyNames = new Map(keys.map(({ id, name }) => [id, name]))
      const rows = grouped(records, groups).map((group): UsageRow => {
        const [first] = group
        const flowId = groups.includes('flow') ? (first?.flowId ?? null) : null
        const keyId = groups.includes('key') ? first?.keyId || null : null
        return {
          day: groups.includes('day') ? (first?.day ?? null) : null,
          flow_id: flowId,
          flow_name: flowNames.get(flowId ?? '') ?? null,
          key_id: keyId,
          key_name: keyNames.get(keyId ?? '') ?? null,
          ...sumOf(group),
        }
      })
      return { from, to, total: sumOf(records), rows }
    },

    /** What models are used for, by day, flow and model, the newest day first. */
    async models(userId: string, asked: Pick<UsageAsked, 'from' | 'to' | 'flowId'>) {
      const { from, to } = periodOf(asked)
      const records = await storage.modelUsage.list({
        userId,
        from,
        to,
        ...(asked.flowId !== undefined && { flowIds: [asked.flowId] }),
      })
      const flows = records.length > 0 ? await storage.flows.headers(userId) : []
      const names = new Map(flows.map(({ id, name }) => [id, name]))
      const rows = records.map(
        ({ day, flowId, provider, model, calls, inputTokens, outputTokens, cost }): ModelUsageRow => ({
          day,
          flow_id: flowId,
          flow_name: names.get(flowId) ?? null,
          provider,
          model,
          calls,
          input_tokens: inputTokens,
          output_tokens: outputTokens,
          cost: dollars(cost),
        }),
      )
      return { from, to, rows }
    },

    /** Of each of these flows: all calls since ever, and what today came to. */
    async ofFlows(userId: string, flowIds: readonly string[]) {
      await recorder.flush()
      const today = dayOf(now())
      const [totals, records] = await Promise.all([
        storage.usage.totals(userId, flowIds),
        storage.usage.list({ userId, from: today, to: today, flowIds }),
      ])
      return {
        totals,
        today: new Map(grouped(records, ['flow']).map((group) => [group[0]?.flowId ?? '', sumOf(group)] as const)),
      }
    },
  }
}

function grouped(records: readonly UsageRecord[], groups: readonly GroupBy[]): readonly (readonly UsageRecord[])[] {
  const found = new Map<string, UsageRecord[]>()
  for (const record of records) {
    const { day, flowId, keyId } = record
    const parts = { day, flow: flowId, key: keyId }
    const key = JSON.stringify(ALL_GROUPS.map((group) => (groups.includes(group) ? parts[group] : '')))
    const group = found.get(key)
    if (group) group.push(record)
    else found.set(key, [record])
  }
  return [...found.values()]
}

function sumOf(records: readonly UsageRecord[]): UsageSum {
  const counts = new Map<number, number>()
  const sum = { calls: 0, errors: 0, limited: 0, cached: 0, input_tokens: 0, output_tokens: 0, unpriced_tokens: 0 }
  let cost: number | null = null
  for (const record of records) {
    counts.set(record.bucket, (counts.get(record.bucket) ?? 0) + record.calls)
    sum.calls += record.calls
    sum.errors += record.errors
    sum.limited += record.limited
    sum.cached += record.cached
    sum.input_tokens += record.inputTokens
    sum.output_tokens += record.outputTokens
    sum.unpriced_tokens += record.unpricedTokens
    if (record.cost !== null) cost = (cost ?? 0) + record.cost
  }
  return { ...sum, cost: dollars(cost), p50_ms: percentile(counts, 0.5), p95_ms: percentile(counts, 0.95) }
}
