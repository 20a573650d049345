import type { JsonObject } from '@runnel/protocol/json'
import { data, defineComponent, field, type RunContext } from '@runnel/sdk'
import { failureOf, textIn } from '../shared/ask-service.ts'
import { endedTranscript } from '../shared/assemblyai.ts'

export const assemblyAiPollTranscript = defineComponent({
  type: 'AssemblyAITranscriptionJobPoller',
  displayName: 'AssemblyAI Poll Transcript',
  description: 'Waits until AssemblyAI has written down a recording, and gives the text.',
  icon: 'AssemblyAI',
  category: 'assemblyai',
  documentation: 'https://www.assemblyai.com/docs',
  inputs: {
    api_key: field.secret({ label: 'Assembly API Key', info: 'Your key for AssemblyAI.', required: true }),
    transcript_id: field.data({ label: 'Transcript ID', info: 'The transcript to wait for.', required: true }),
    polling_interval: field.float({
      label: 'Polling Interval',
      info: 'Seconds between two looks.',
      default: 3,
      advanced: true,
    }),
  },
  outputs: {
    transcription_result: {
      type: 'Data',
      label: 'Transcription Result',
      method: 'poll_transcription_job',
      async run({ inputs: { api_key, transcript_id, polling_interval }, context }) {
        const begun = transcript_id?.data ?? {}
        if (begun.error !== undefined) return data(begun)
        const wait = { everyMs: Math.max(0, polling_interval) * 1000 }
        const result = await resultOf(api_key, textIn(begun.transcript_id), wait, context)
        context.setStatus(result.error ?? result.text)
        return data(result)
      },
    },
  },
})

/** The text first, or what went wrong: the flow goes on, as in Langflow. */
async function resultOf(
  key: string,
  id: string,
  wait: { readonly everyMs: number },
  context: RunContext,
): Promise<JsonObject> {
  try {
    const { status, error, text, utterances, ...rest } = await endedTranscript(key, id, wait, context)
    if (status === 'error') return { error: textIn(error) || 'The recording could not be written down.' }
    return { text: text ?? '', utterances: utterances ?? null, ...rest, status }
  } catch (error) {
    return { error: `An error occurred: ${failureOf(error, context)}` }
  }
}
