import { data, dataFrame, defineComponent, field, type InputsOf, message, type RunContext } from '@runnel/sdk'
import { failureOf } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { type SpokenLine, spokenLines, videoIdIn } from '../shared/youtube.ts'

const LANGUAGES = ['', 'en', 'es', 'fr', 'de', 'it', 'pt', 'ru', 'ja', 'ko', 'hi', 'ar', 'id'] as const

const inputs = {
  url: field.multiline({
    label: 'Video URL',
    // Agents are told this of the argument, in these words in Langflow as well.
    info: 'Enter the YouTube video URL to get transcripts from.',
    required: true,
    tool: true,
  }),
  chunk_size_seconds: field.int({
    label: 'Chunk Size (seconds)',
    info: 'How much of the video a row holds.',
    default: 60,
  }),
  translation: field.dropdown({
    label: 'Translation Language',
    info: 'The language to translate to; empty means none.',
    options: LANGUAGES,
    advanced: true,
  }),
}
type Given = InputsOf<typeof inputs>

export const youTubeTranscripts = defineComponent({
  type: 'YouTubeTranscripts',
  aliases: ['YouTubeTranscriptsComponent'],
  displayName: 'YouTube Transcripts',
  description: 'Gives what is said in a video on YouTube.',
  icon: 'YouTube',
  category: 'youtube',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'Chunks',
      method: 'get_dataframe_output',
      async run({ inputs, context }) {
        const said = await heard(inputs, context)
        if ('error' in said) return dataFrame([{ error: said.error }])
        return dataFrame(chunksOf(said.lines, inputs.chunk_size_seconds), { columns: ['timestamp', 'text'] })
      },
    },
    message: {
      type: 'Message',
      label: 'Transcript',
      method: 'get_message_output',
      async run({ inputs, context }) {
        const said = await heard(inputs, context)
        return message('error' in said ? said.error : textOf(said.lines))
      },
    },
    data_output: {
      type: 'Data',
      label: 'Transcript + Source',
      method: 'get_data_output',
      async run({ inputs, context }) {
        const said = await heard(inputs, context)
        const video_url = inputs.url
        if ('error' in said) return data({ transcript: '', video_url, error: said.error })
        return data({ transcript: textOf(said.lines), video_url })
      },
    },
  },
})

/** The lines, or what went wrong; asked for once by all outputs. */
const heard = (
  { url, translation }: Given,
  context: RunContext,
): Promise<{ readonly lines: readonly SpokenLine[] } | { readonly error: string }> =>
  oncePerBuild(context, `lines ${url} ${translation}`, async () => {
    try {
      return { lines: await spokenLines(videoIdIn(url), translation, context) }
    } catch (error) {
      return { error: `Failed to get YouTube transcripts: ${failureOf(error, context)}` }
    }
  })

const textOf = (lines: readonly SpokenLine[]): string => lines.map(({ text }) => text).join(' ')

/** A row for each piece of the video in which something is said; `timestamp` is where the piece begins. */
export function chunksOf(lines: readonly SpokenLine[], size: number) {
  const seconds = Math.max(1, size)
  const pieces = Map.groupBy(lines, ({ start }) => Math.floor(start / seconds))
  return [...pieces].map(([piece, spoken]) => ({ timestamp: clock(piece * seconds), text: textOf(spoken) }))
}

const clock = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
