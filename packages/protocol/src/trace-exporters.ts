import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const TraceExporterId = z.enum([
  'langsmith',
  'langfuse',
  'langwatch',
  'arize',
  'phoenix',
  'opik',
  'traceloop',
  'opentelemetry',
])

export const TraceExporter = z.object({
  id: TraceExporterId,
  name: z.string(),
  configured: z.boolean(),
  /** Environment variables it is set up by: one of each group. */
  variables: z.array(z.array(z.string())),
  /** Where traces are sent; null while it is not set up. */
  url: z.string().nullable(),
  /** Runs since this process began: sent, given up, and not sent yet. */
  sent: z.number().int(),
  lost: z.number().int(),
  waiting: z.number().int(),
  /** How the last attempt went; null before the first. */
  last: z.object({ at: z.string(), ok: z.boolean(), error: z.string().nullable() }).nullable(),
})
export type TraceExporter = z.output<typeof TraceExporter>

const common = { tag: 'Monitor', access: 'superuser' } as const
const path = '/api/v1/monitor/exporters'

const example: TraceExporter = {
  id: 'langfuse',
  name: 'Langfuse',
  configured: true,
  variables: [['LANGFUSE_PUBLIC_KEY'], ['LANGFUSE_SECRET_KEY']],
  url: 'https://cloud.langfuse.com/api/public/otel/v1/traces',
  sent: 42,
  lost: 0,
  waiting: 1,
  last: { at: '2026-01-05T17:59:07.855Z', ok: true, error: null },
}

export const listTraceExporters = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'The tools that take traces of runs: which are set up, and how sending goes',
  response: z.object({
    exporters: z.array(TraceExporter),
    /** Switched off for all tools. */
    deactivated: z.boolean(),
    /** Whether what was given and what came out is sent, too. */
    with_content: z.boolean(),
  }),
  examples: { response: { exporters: [example], deactivated: false, with_content: true } },
})

export const testTraceExporter = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:exporter_id/test`,
  summary: 'Send one span to a tool, now, and say how it went',
  params: z.object({ exporter_id: TraceExporterId }),
  response: z.object({
    ok: z.boolean(),
    /** What it answered; null without an answer. */
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    duration_ms: z.number(),
  }),
  examples: { response: { ok: true, status: 200, error: null, duration_ms: 83 } },
  errors: { 400: 'This tool is not set up' },
})
