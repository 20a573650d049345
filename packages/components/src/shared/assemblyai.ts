import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askJson, postJson, textIn, USER_AGENT } from './ask-service.ts'
import { poll } from './poll.ts'

const BASE = 'https://api.assemblyai.com/v2'
/** A recording may be long. */
const UPLOAD_MS = 300_000

/** Hands a recording over. @returns its address there. */
export async function uploadRecording(key: string, bytes: Uint8Array, context: RunContext): Promise<string> {
  const headers = { ...USER_AGENT, authorization: key, 'Content-Type': 'application/octet-stream' }
  const request = { method: 'POST', headers, body: bytes, timeoutMs: UPLOAD_MS }
  return textIn((await askJson(`${BASE}/upload`, request, context)).upload_url)
}

/** Begins a transcript. @returns its id. */
export async function beginTranscript(key: string, task: JsonObject, context: RunContext): Promise<string> {
  return textIn((await askJson(`${BASE}/transcript`, postJson(task, { authorization: key }), context)).id)
}

export interface TranscriptWait {
  readonly everyMs: number
  /** Gives up after so long; never unless given. */
  readonly atMostMs?: number
}

/**
 * The transcript once it has ended, well or not: `status` says.
 * @throws AppError `bad_request` when it takes too long, or as `askService` does.
 */
export function endedTranscript(
  key: string,
  id: string,
  { everyMs, atMostMs = Number.POSITIVE_INFINITY }: TranscriptWait,
  context: RunContext,
): Promise<JsonObject> {
  const began = performance.now()
  const ask = async () => {
    const address = `${BASE}/transcript/${encodeURIComponent(id)}`
    const transcript = await askJson(address, { headers: { ...USER_AGENT, authorization: key } }, context)
    if (transcript.status === 'completed' || transcript.status === 'error') return transcript
    if (performance.now() - began < atMostMs) return undefined
    const seconds = Math.round(atMostMs / 1000)
    const status = textIn(transcript.status)
    throw new AppError('bad_request', [`Transcription timed out after ${seconds}s (last status: ${status}).`])
  }
  return poll(ask, { everyMs, signal: context.signal })
}
