import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, message } from '@runnel/sdk'
import { textIn } from '../shared/ask-service.ts'
import { beginTranscript, endedTranscript } from '../shared/assemblyai.ts'

const EVERY_MS = 3000

export const assemblyAiTranscriber = defineComponent({
  type: 'AssemblyAITranscriber',
  displayName: 'AssemblyAI Transcriber',
  description: 'Has AssemblyAI write down a recording and gives the text.',
  icon: 'AssemblyAI',
  category: 'assemblyai',
  documentation: 'https://www.assemblyai.com/docs',
  inputs: {
    api_key: field.secret({ label: 'AssemblyAI API Key', info: 'Your key for AssemblyAI.', required: true }),
    audio_url: field.text({
      label: 'Audio File URL',
      info: 'The public address of the recording.',
      default: 'https://assembly.ai/wildfires.mp3',
      required: true,
    }),
    speaker_labels: field.bool({ label: 'Speaker Labels', info: 'Tell who says what.', advanced: true }),
    language_code: field.text({
      label: 'Language Code',
      info: 'The language that is spoken, such as en. Empty means find out.',
      advanced: true,
    }),
    poll_timeout: field.int({
      label: 'Poll Timeout (s)',
      info: 'The most seconds to wait for the text.',
      default: 300,
      advanced: true,
    }),
  },
  outputs: {
    transcript: {
      type: 'Message',
      label: 'Transcript',
      method: 'transcribe',
      async run({ inputs, context }) {
        const [key, audio_url, language_code] = [inputs.api_key, inputs.audio_url, inputs.language_code].map((text) =>
          text.trim(),
        )
        if (!key) throw new AppError('invalid_field', ['AssemblyAI API Key is required.'])
        if (!audio_url) throw new AppError('invalid_field', ['An Audio File URL is required.'])
        const task = {
          audio_url,
          ...(inputs.speaker_labels && { speaker_labels: true }),
          ...(language_code && { language_code }),
        }
        const id = await beginTranscript(key, task, context)
        const wait = { everyMs: EVERY_MS, atMostMs: inputs.poll_timeout * 1000 }
        const { status, error, text } = await endedTranscript(key, id, wait, context)
        if (status === 'error') throw new AppError('bad_request', [`AssemblyAI transcription error: ${textIn(error)}`])
        context.setStatus(text)
        return message(textIn(text))
      },
    },
  },
})
