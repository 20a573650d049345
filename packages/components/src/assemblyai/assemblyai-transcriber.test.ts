import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { assemblyAiTranscriber } from './assemblyai-transcriber.ts'

async function transcribed(ended: object, inputs: object = {}) {
  const seen: unknown[] = []
  const http = (_url: string, { method, body }: HttpRequest) => {
    if (method === 'POST') seen.push(JSON.parse(String(body)))
    return JSON.stringify(method === 'POST' ? { id: 't-1', status: 'queued' } : ended)
  }
  const run = await runComponent(assemblyAiTranscriber, { api_key: 'k', ...inputs }, { http })
  return { seen, transcript: run.transcript }
}

test('gives the text of the recording', async () => {
  const inputs = { audio_url: 'https://a.test/talk.mp3', speaker_labels: true, language_code: 'pt' }
  const { seen, transcript } = await transcribed({ status: 'completed', text: 'Bom dia' }, inputs)
  expect(transcript).toMatchObject({ text: 'Bom dia' })
  expect(seen).toEqual([{ audio_url: 'https://a.test/talk.mp3', speaker_labels: true, language_code: 'pt' }])
})

test.each([
  [{ status: 'error', error: 'No sound' }, {}, 'AssemblyAI transcription error: No sound'],
  [{ status: 'processing' }, { poll_timeout: 0 }, 'Transcription timed out after 0s (last status: processing).'],
  [{}, { api_key: ' ' }, 'AssemblyAI API Key is required.'],
  [{}, { audio_url: '' }, 'An Audio File URL is required.'],
])('says what went wrong', async (ended, inputs, why) => {
  await expect(transcribed(ended, inputs)).rejects.toThrow(why)
})
