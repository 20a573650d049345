import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import { data, defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { failureOf } from '../shared/ask-service.ts'
import { beginTranscript, uploadRecording } from '../shared/assemblyai.ts'

const inputs = {
  api_key: field.secret({ label: 'Assembly API Key', info: 'Your key for AssemblyAI.', required: true }),
  audio_file: field.files({
    label: 'Audio File',
    info: 'The recording. Used rather than the address.',
    fileTypes: ['3ga', 'aac', 'flac', 'm4a', 'mov', 'mp3', 'mp4', 'mpga', 'oga', 'ogg', 'opus', 'wav', 'webm', 'wma'],
    required: true,
  }),
  audio_file_url: field.text({
    label: 'Audio File URL',
    info: 'The address of a recording, where there is no file.',
    advanced: true,
  }),
  speech_model: field.dropdown({
    label: 'Speech Model',
    info: 'How carefully to listen.',
    options: ['best', 'nano'],
    default: 'best',
    advanced: true,
  }),
  language_detection: field.bool({
    label: 'Automatic Language Detection',
    info: 'Find out which language is spoken.',
    advanced: true,
  }),
  language_code: field.text({
    label: 'Language',
    info: 'The language that is spoken, such as en_us.',
    advanced: true,
  }),
  speaker_labels: field.bool({ label: 'Enable Speaker Labels', info: 'Tell who says what.' }),
  speakers_expected: field.text({
    label: 'Expected Number of Speakers',
    info: 'How many people speak, where that is known.',
    advanced: true,
  }),
  punctuate: field.bool({ label: 'Punctuate', info: 'Set full stops and commas.', default: true, advanced: true }),
  format_text: field.bool({
    label: 'Format Text',
    info: 'Write numbers, dates and names as usual.',
    default: true,
    advanced: true,
  }),
}
type Given = InputsOf<typeof inputs>

export const assemblyAiStartTranscript = defineComponent({
  type: 'AssemblyAITranscriptionJobCreator',
  displayName: 'AssemblyAI Start Transcript',
  description: 'Has AssemblyAI begin to write down a recording.',
  icon: 'AssemblyAI',
  category: 'assemblyai',
  documentation: 'https://www.assemblyai.com/docs',
  inputs,
  outputs: {
    transcript_id: {
      type: 'Data',
      label: 'Transcript ID',
      method: 'create_transcription_job',
      async run({ inputs, context }) {
        const begun = await begin(inputs, context)
        context.setStatus(begun)
        return data(begun)
      },
    },
  },
})

/** The id of the transcript, or what went wrong: the flow goes on, as in Langflow. */
async function begin(given: Given, context: RunContext): Promise<JsonObject> {
  const count = given.speakers_expected.trim()
  const speakers = Number(count)
  if (count !== '' && !Number.isInteger(speakers)) {
    return { error: 'Error: Expected Number of Speakers must be a valid integer' }
  }
  const address = given.audio_file_url.trim()
  const [path] = given.audio_file
  if (!path && address === '') return { error: 'Error: Either an audio file or an audio URL must be specified' }
  try {
    const file = path ? await recordingAt(path, context) : undefined
    if (path && !file) return { error: 'Error: Audio file not found' }
    const audio_url = file ? await uploadRecording(given.api_key, file.bytes, context) : address
    const task = {
      audio_url,
      speech_model: given.speech_model,
      language_detection: given.language_detection,
      ...(given.language_code.trim() !== '' && { language_code: given.language_code.trim() }),
      speaker_labels: given.speaker_labels,
      ...(count !== '' && { speakers_expected: speakers }),
      punctuate: given.punctuate,
      format_text: given.format_text,
    }
    return { transcript_id: await beginTranscript(given.api_key, task, context) }
  } catch (error) {
    return { error: `An error occurred: ${failureOf(error, context)}` }
  }
}

async function recordingAt(path: string, { files, signal }: RunContext) {
  try {
    return await files.read(path)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError) return undefined
    throw error
  }
}
