import { createHash } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import type { IdempotentRequest } from '@runnel/storage/run-records'
import type { FastifyRequest } from 'fastify'

const LONGEST_KEY = 255
const REMEMBERED_MS = 86_400_000
const FORGET_EVERY_MS = 3_600_000

/** Who asks for what, under which key. */
export interface KeyedRequest {
  readonly kind: 'webhook' | 'run' | 'workflow' | 'job'
  readonly key: string
  readonly userId: string
  readonly flowId: string
  readonly body: Uint8Array
}

/** The idempotency key of a request. @throws AppError 422 for one that is empty or too long */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const sent = headers['idempotency-key']
  if (sent === undefined) return undefined
  const key = String(sent)
  const bytes = Buffer.byteLength(key, 'latin1')
  if (bytes >= 1 && bytes <= LONGEST_KEY) return key
  throw new AppError('invalid_field', [`The Idempotency-Key must have 1 to ${LONGEST_KEY} bytes, not ${bytes}.`])
}

/** Remembers for a day which request began which run. */
export function createIdempotency({
  storage,
  now,
}: {
  readonly storage: Pick<Storage, 'idempotency'>
  readonly now: () => number
}) {
  let forgottenAt = 0

  return {
    /** What is stored with the run that the request begins. */
    requestOf: ({ kind, key, userId, flowId, body }: KeyedRequest, runId: string): IdempotentRequest => ({
      id: hash(JSON.stringify([kind, userId, flowId, key])),
      requestHash: hash(body),
      runId,
      createdAt: now(),
    }),

    /** The run that an equal request has begun. @throws AppError `idempotency_key_reused` when it was not equal */
    async earlierRun({ id, requestHash }: IdempotentRequest): Promise<string | undefined> {
      const expired = now() - REMEMBERED_MS
      const earlier = await storage.idempotency.find(id)
      if ((earlier && earlier.createdAt < expired) || now() - forgottenAt > FORGET_EVERY_MS) {
        forgottenAt = now()
        await storage.idempotency.forget(expired)
      }
      if (!earlier || earlier.createdAt < expired) return undefined
      if (earlier.requestHash !== requestHash) throw new AppError('idempotency_key_reused')
      return earlier.runId
    },
  }
}

const hash = (text: string | Uint8Array) => createHash('sha256').update(text).digest('base64url')
