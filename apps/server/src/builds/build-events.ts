import type { FastifyReply } from 'fastify'
import { sendRecords } from '../runs/event-stream.ts'
import type { BuildJob } from './build-jobs.ts'
import { END_AGAIN } from './build-records.ts'

const NDJSON = 'application/x-ndjson'
/** How long a poll waits for something to tell, in milliseconds. */
const POLL_MS = 25_000

/** `stream`: as they come; `poll`: those since the last poll, `poll-anew`: from the first; `all`: every one, at the end. */
export type EventDelivery = 'stream' | 'poll' | 'poll-anew' | 'all'

/** Answers with the events of a build. Clients who stream or wait for all of them cancel the build by leaving. */
export async function sendEvents(
  reply: FastifyReply,
  job: BuildJob,
  delivery: EventDelivery,
  signal: AbortSignal,
): Promise<FastifyReply> {
  switch (delivery) {
    case 'stream':
      return sendRecords(reply, NDJSON, job.follow(signal))
    case 'poll':
    case 'poll-anew': {
      const records = (await job.poll(POLL_MS, signal, delivery === 'poll-anew')) ?? [END_AGAIN]
      return sendText(reply, records.join('\n'))
    }
    case 'all':
      return sendText(reply, (await Array.fromAsync(job.follow(signal))).join(''))
    default:
      return delivery satisfies never
  }
}

/** As bytes: to the type of a text a charset would be added. */
const sendText = (reply: FastifyReply, text: string) => reply.type(NDJSON).send(Buffer.from(text, 'latin1'))
