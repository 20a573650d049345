import type { FastifyReply } from 'fastify'
import { sendJson } from '../http/json-answer.ts'
import { sendRecords } from './event-stream.ts'
import type { RunAnswered } from './idempotent-runs.ts'

/** Sends an answer of either kind, as it comes. */
export async function sendAnswer(
  reply: FastifyReply,
  { status, contentType, records }: RunAnswered,
  keepAliveRecord?: string,
): Promise<FastifyReply> {
  if (contentType.startsWith('text/event-stream')) return sendRecords(reply, contentType, records, keepAliveRecord)
  let body = ''
  for await (const record of records) body += record
  return sendJson(reply.code(status), body)
}

/** A stream whose first record exists: what keeps it from beginning is thrown. */
export async function begunStream(contentType: string, records: AsyncGenerator<string, void>): Promise<RunAnswered> {
  const first = await records.next()
  async function* all() {
    if (!first.done) yield first.value
    yield* records
  }
  return { status: 200, contentType, records: all() }
}
