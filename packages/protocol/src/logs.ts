import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { queryInteger } from './query.ts'

const common = { method: 'GET', tag: 'Logs', access: 'superuser' } as const
const off = { 501: 'Log retrieval is disabled' }
const count = queryInteger({ min: 0 }).default(0)

export const readLogs = defineEndpoint({
  ...common,
  path: '/logs',
  summary: 'Lines the server has logged, by epoch milliseconds, oldest first; the last ten unless said',
  query: z.object({ lines_before: count, lines_after: count, timestamp: count }),
  response: z.record(z.string(), z.string()),
  examples: { response: { '1736354770500': '{"level":"error","message":"request failed"}\n' } },
  errors: { 400: 'Cannot request logs before and after the timestamp', ...off },
})

export const followLogs = defineEndpoint({
  ...common,
  path: '/logs-stream',
  summary: 'Lines the server logs from now on, as `{"<epoch milliseconds>": "<line>"}` and a blank line each',
  response: z.string(),
  responseType: 'text/event-stream; charset=utf-8',
  errors: off,
})
