import { downloadUsage, readModelUsage, readUsage, type UsageRow } from '@runnel/protocol/usage'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import type { UsageAsked } from './usage-service.ts'

/** How much flows are called. */
export function usageRoutes(app: FastifyInstance, { usage }: Pick<Services, 'usage'>): void {
  implement(app, readUsage, ({ query, user }) => usage.read(user.id, toAsked(query)))

  implement(app, readModelUsage, ({ query, user }) =>
    usage.models(user.id, { from: query.from, to: query.to, flowId: query.flow_id }),
  )

  implement(app, downloadUsage, async ({ query, user }, reply) => {
    const { from, to, rows } = await usage.read(user.id, toAsked(query))
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="usage_${from}_${to}.csv"`)
      .send(toCsv(rows))
  })
}

interface UsageQuery extends Pick<UsageAsked, 'from' | 'to'> {
  readonly flow_id?: string | undefined
  readonly key_id?: string | undefined
  readonly group_by?: UsageAsked['groupBy']
}

const toAsked = ({ from, to, flow_id, key_id, group_by }: UsageQuery): UsageAsked => ({
  from,
  to,
  flowId: flow_id,
  keyId: key_id,
  groupBy: group_by,
})

const COLUMNS = [
  'day',
  'flow_id',
  'flow_name',
  'key_id',
  'key_name',
  'calls',
  'errors',
  'limited',
  'cached',
  'p50_ms',
  'p95_ms',
  'input_tokens',
  'output_tokens',
  'cost',
  'unpriced_tokens',
] as const satisfies readonly (keyof UsageRow)[]

/** RFC 4180. */
function toCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','))
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`
}

/** Names are users' texts: one that a spreadsheet would take for a formula is marked as text. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
