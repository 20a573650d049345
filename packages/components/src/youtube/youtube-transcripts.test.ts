import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { chunksOf, youTubeTranscripts } from './youtube-transcripts.ts'

const url = 'https://www.youtube.com/watch?v=abcdefghijk&t=3'
const english =
  '<transcript><text start="0.5" dur="2">It&amp;#39;s a river</text><text start="61" dur="2">and a\nlake</text></transcript>'
const german = '<timedtext><body><p t="500">Ein <s>Fluss</s></p><p t="700"> </p></body></timedtext>'
const tracks = [
  { baseUrl: 'https://www.youtube.com/api/timedtext?v=abcdefghijk&lang=de&fmt=srv3', languageCode: 'de' },
  { baseUrl: 'https://www.youtube.com/api/timedtext?v=abcdefghijk&lang=en&fmt=srv3', languageCode: 'en' },
]

/** YouTube with these captions. */
function youTube(player: object = { captions: { playerCaptionsTracklistRenderer: { captionTracks: tracks } } }) {
  const seen: string[] = []
  const http = (address: string, { method, body }: HttpRequest) => {
    seen.push(address)
    const { pathname, searchParams } = new URL(address)
    if (pathname === '/watch') return '<script>ytcfg.set({"INNERTUBE_API_KEY":"key-1"})</script>'
    if (method === 'POST') return JSON.parse(String(body)).videoId === 'abcdefghijk' ? JSON.stringify(player) : ''
    return searchParams.get('lang') === 'en' ? english : german
  }
  return { http, seen }
}

test('gives what is said as rows, as a text, and with its source', async () => {
  const { http, seen } = youTube()
  const run = await runComponent(youTubeTranscripts, { url }, { http })
  expect(run.dataframe).toMatchObject({
    rows: [
      { timestamp: '00:00', text: "It's a river" },
      { timestamp: '01:00', text: 'and a lake' },
    ],
  })
  expect(run.message).toMatchObject({ text: "It's a river and a lake" })
  expect(run.data_output).toMatchObject({ data: { transcript: "It's a river and a lake", video_url: url } })
  expect(seen).toEqual([
    'https://www.youtube.com/watch?v=abcdefghijk',
    'https://www.youtube.com/youtubei/v1/player?key=key-1',
    'https://www.youtube.com/api/timedtext?v=abcdefghijk&lang=en',
  ])
})

test('takes another language where there is no English, and has it translated', async () => {
  const captions = { captions: { playerCaptionsTracklistRenderer: { captionTracks: tracks.slice(0, 1) } } }
  const { http, seen } = youTube(captions)
  const run = await runComponent(youTubeTranscripts, { url, translation: 'fr' }, { http, outputs: ['message'] })
  expect(run.message).toMatchObject({ text: 'Ein Fluss' })
  expect(seen.at(-1)).toBe('https://www.youtube.com/api/timedtext?v=abcdefghijk&lang=de&tlang=fr')
})

test.each([
  [{}, 'Subtitles are disabled for the video abcdefghijk.'],
  [{ playabilityStatus: { reason: 'Private video' } }, 'Private video'],
  [{ captions: { playerCaptionsTracklistRenderer: {} } }, 'No transcripts were found for the video abcdefghijk.'],
])('gives what went wrong as a result', async (player, why) => {
  const error = `Failed to get YouTube transcripts: ${why}`
  const run = await runComponent(youTubeTranscripts, { url }, { http: youTube(player).http })
  expect(run.dataframe).toMatchObject({ rows: [{ error }] })
  expect(run.message).toMatchObject({ text: error })
  expect(run.data_output).toMatchObject({ data: { transcript: '', video_url: url, error } })
})

test('counts minutes beyond the hour', () => {
  expect(chunksOf([{ start: 3725, text: 'late' }], 30)).toEqual([{ timestamp: '62:00', text: 'late' }])
})
