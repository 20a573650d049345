import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askService, jsonObject, objectsIn, postJson, textIn } from './ask-service.ts'

const ID = /(?:[?&]v=|youtu\.be\/|\/(?:embed|shorts|live|v)\/)([\w-]{11})/

/** The id in the address of a video; a text without one is taken for the id itself. */
export const videoIdIn = (address: string): string => ID.exec(address)?.[1] ?? address.trim()

/** A line of a transcript; times in seconds. */
export interface SpokenLine {
  readonly start: number
  readonly text: string
}

/** YouTube tells this client where the words are without more ado. */
const CLIENT = { context: { client: { clientName: 'ANDROID', clientVersion: '20.10.38', hl: 'en' } } }
const BROWSER = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x64) Runnel/1.0', 'Accept-Language': 'en-US' }

/**
 * What is said in a video: in English where it is there, else in its first language; `language` has YouTube translate.
 * @throws AppError `bad_request` when there are no words to be had.
 */
export async function spokenLines(
  videoId: string,
  language: string,
  context: RunContext,
): Promise<readonly SpokenLine[]> {
  const tracks = await tracksOf(videoId, context)
  const track = tracks.find(({ code }) => code.startsWith('en')) ?? tracks[0]
  if (!track) throw new AppError('bad_request', [`No transcripts were found for the video ${videoId}.`])
  const address = new URL(track.address)
  address.searchParams.delete('fmt')
  if (language !== '' && language !== track.code) address.searchParams.set('tlang', language)
  const { text } = await askService(address.href, { headers: BROWSER }, context)
  return linesIn(text)
}

interface Track {
  readonly address: string
  readonly code: string
}

async function tracksOf(videoId: string, context: RunContext): Promise<readonly Track[]> {
  const watch = `https://www.youtube.com/watch?v=${encodeURIComponent(videoId)}`
  const { text: page } = await askService(watch, { headers: BROWSER }, context)
  const key = /"INNERTUBE_API_KEY":\s*"([\w-]+)"/.exec(page)?.[1]
  if (!key) throw new AppError('bad_request', [`YouTube does not show the video ${videoId}.`])
  const address = `https://www.youtube.com/youtubei/v1/player?key=${key}`
  const player = jsonObject(await askService(address, postJson({ ...CLIENT, videoId }), context))
  const captions = isObject(player.captions) ? player.captions.playerCaptionsTracklistRenderer : undefined
  if (!isObject(captions)) {
    const status = isObject(player.playabilityStatus) ? textIn(player.playabilityStatus.reason) : ''
    throw new AppError('bad_request', [status || `Subtitles are disabled for the video ${videoId}.`])
  }
  return objectsIn(captions.captionTracks).map(({ baseUrl, languageCode }) => ({
    address: textIn(baseUrl),
    code: textIn(languageCode),
  }))
}

/** Both forms YouTube writes: `<text start="1.5">` in seconds and `<p t="1500">` in milliseconds. */
async function linesIn(xml: string): Promise<readonly SpokenLine[]> {
  const { load } = await import('cheerio')
  const $ = load(xml, { xml: true })
  return $('text[start], p[t]')
    .toArray()
    .map((line) => {
      const start = $(line).attr('start')
      return {
        start: start === undefined ? Number($(line).attr('t')) / 1000 : Number(start),
        // Signs are written twice as entities.
        text: load($(line).text()).text().replace(/\s+/g, ' ').trim(),
      }
    })
    .filter(({ text }) => text !== '')
}
