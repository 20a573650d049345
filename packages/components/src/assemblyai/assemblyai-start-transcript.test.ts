import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { assemblyAiStartTranscript } from './assemblyai-start-transcript.ts'

const sound = new Uint8Array([1, 2, 3])
const files = { 'user-1/talk.mp3': { name: 'talk.mp3', mediaType: 'audio/mpeg', bytes: sound } }

async function begun(inputs: object) {
  const seen: (HttpRequest & { readonly url: string })[] = []
  const http = (url: string, request: HttpRequest) => {
    seen.push({ url, ...request })
    return JSON.stringify(
      url.endsWith('/upload') ? { upload_url: 'https://cdn.test/1' } : { id: 't-1', status: 'queued' },
    )
  }
  const run = await runComponent(assemblyAiStartTranscript, { api_key: 'k', ...inputs }, { http, files })
  return { seen, given: run.transcript_id }
}

test('hands the recording over and begins its transcript', async () => {
  const { seen, given } = await begun({ audio_file: ['user-1/talk.mp3'], speaker_labels: true, speakers_expected: '2' })
  expect(given).toMatchObject({ data: { transcript_id: 't-1' } })
  const [upload, transcript] = seen
  expect(upload).toMatchObject({
    url: 'https://api.assemblyai.com/v2/upload',
    body: sound,
    headers: { authorization: 'k' },
  })
  expect(JSON.parse(String(transcript?.body))).toEqual({
    audio_url: 'https://cdn.test/1',
    speech_model: 'best',
    language_detection: false,
    speaker_labels: true,
    speakers_expected: 2,
    punctuate: true,
    format_text: true,
  })
})

test('takes an address where there is no file', async () => {
  const { seen } = await begun({ audio_file_url: 'https://a.test/talk.mp3', language_code: 'de' })
  expect(seen).toHaveLength(1)
  expect(JSON.parse(String(seen[0]?.body))).toMatchObject({ audio_url: 'https://a.test/talk.mp3', language_code: 'de' })
})

test.each([
  [{}, 'Error: Either an audio file or an audio URL must be specified'],
  [{ audio_file: ['user-1/gone.mp3'] }, 'Error: Audio file not found'],
  [
    { audio_file: ['user-1/talk.mp3'], speakers_expected: 'two' },
    'Error: Expected Number of Speakers must be a valid integer',
  ],
])('says what is missing as data: %j', async (inputs, error) => {
  expect((await begun(inputs)).given).toMatchObject({ data: { error } })
})

test('gives a refusal as data', async () => {
  const http = () => ({ status: 401, body: new TextEncoder().encode('no key') })
  const inputs = { api_key: 'k', audio_file_url: 'https://a.test/talk.mp3' }
  const { transcript_id } = await runComponent(assemblyAiStartTranscript, inputs, { http })
  expect(transcript_id).toMatchObject({ data: { error: 'An error occurred: HTTP error occurred: 401 - no key' } })
})
