import { AppError } from '@runnel/protocol/errors'
import { followLogs, readLogs } from '@runnel/protocol/logs'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import { sendRecords } from '../runs/event-stream.ts'
import type { Services } from '../services.ts'
import { followLines } from './follow-lines.ts'

/** Lines of an answer when nobody says how many. */
const USUAL_LINES = 10

/** The server's own log, for superusers. */
export function logsRoutes(
  app: FastifyInstance,
  { logLines, lifecycle }: Pick<Services, 'logLines' | 'lifecycle'>,
): void {
  const checkEnabled = () => {
    if (logLines.size === 0) throw new AppError('logs_disabled')
  }

  implement(app, readLogs, ({ query }) => {
    checkEnabled()
    const { lines_before, lines_after, timestamp } = query
    if (lines_before > 0 && lines_after > 0) {
      throw new AppError('bad_request', ['Cannot request logs before and after the timestamp'])
    }
    if (lines_after > 0 && timestamp === 0) {
      throw new AppError('bad_request', ['Timestamp is required when requesting logs after the timestamp'])
    }
    const lines =
      lines_after > 0
        ? logLines.after(lines_after, timestamp)
        : logLines.before(lines_before || USUAL_LINES, timestamp || undefined)
    return Object.fromEntries(lines.map(({ time, text }) => [String(time), text]))
  })

  implement(app, followLogs, ({ signal }, reply) => {
    checkEnabled()
    const records = followLines(logLines, { signal, isOver: () => lifecycle.isDraining })
    return sendRecords(reply, 'text/event-stream; charset=utf-8', records)
  })
}
