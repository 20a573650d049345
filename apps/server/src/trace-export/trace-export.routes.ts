import { AppError } from '@runnel/protocol/errors'
import { listTraceExporters, testTraceExporter } from '@runnel/protocol/trace-exporters'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { TOOL_VARIABLES, TRACE_TOOLS } from './export-targets.ts'

/** The tools traces of runs are sent to, and how that goes. */
export function traceExportRoutes(app: FastifyInstance, { traces, config }: Pick<Services, 'traces' | 'config'>): void {
  implement(app, listTraceExporters, async () => ({
    exporters: TRACE_TOOLS.map(({ id, name }) => {
      const state = traces.state(id)
      const { sent, lost, waiting, last, url } = state ?? { sent: 0, lost: 0, waiting: 0, last: null, url: null }
      return {
        id,
        name,
        configured: state !== undefined,
        variables: TOOL_VARIABLES[id].map((group) => [...group]),
        url: url && withoutQuery(url),
        sent,
        lost,
        waiting,
        last: last && { ...last, at: new Date(last.at).toISOString() },
      }
    }),
    deactivated: config.deactivateTracing,
    with_content: config.traceContent,
  }))

  implement(app, testTraceExporter, async ({ params, signal }) => {
    const began = performance.now()
    const sent = await traces.test(params.exporter_id, signal)
    if (!sent) throw new AppError('bad_request', ['This tool is not set up'])
    const { ok, status } = sent
    return { ok, status, error: sent.ok ? null : sent.error, duration_ms: Math.round(performance.now() - began) }
  })
}

/** Some addresses hold a key there. */
function withoutQuery(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.origin}${parsed.pathname}` : url
}
