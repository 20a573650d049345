import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { assemblyAiPollTranscript } from './assemblyai-poll-transcript.ts'

/** Runs it; AssemblyAI gives the answers in turn. */
async function polled(...answers: readonly object[]) {
  const left = [...answers]
  const seen: string[] = []
  const http = (url: string) => {
    seen.push(url)
    return JSON.stringify(left.shift())
  }
  const inputs = { api_key: 'k', transcript_id: data({ transcript_id: 't-1' }), polling_interval: 0 }
  const { transcription_result } = await runComponent(assemblyAiPollTranscript, inputs, { http })
  return { seen, result: transcription_result }
}

test('waits for the transcript and gives its text', async () => {
  const { seen, result } = await polled(
    { status: 'queued' },
    { status: 'processing' },
    { status: 'completed', text: 'Hello', id: 't-1' },
  )
  expect(result).toMatchObject({ data: { text: 'Hello', utterances: null, id: 't-1' } })
  expect(seen).toEqual(Array(3).fill('https://api.assemblyai.com/v2/transcript/t-1'))
})

test('gives a failure as data', async () => {
  const { result } = await polled({ status: 'error', error: 'No sound' })
  expect(result).toMatchObject({ data: { error: 'No sound' } })
})

test('hands on what went wrong before', async () => {
  const inputs = { api_key: 'k', transcript_id: data({ error: 'No file' }), polling_interval: 0 }
  const { transcription_result } = await runComponent(assemblyAiPollTranscript, inputs)
  expect(transcription_result).toEqual(data({ error: 'No file' }))
})
