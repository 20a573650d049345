import { AppError, messageOf } from '@runnel/protocol/errors'
import { defineComponent, field, message, type RunContext } from '@runnel/sdk'
import { askJson, objectsIn, postJson, textIn } from '../shared/ask-service.ts'

/** Fewer passages are never asked for. */
const LEAST = 20

export const needle = defineComponent({
  type: 'needle',
  aliases: ['NeedleComponent', 'NeedleRetriever'],
  displayName: 'Needle Retriever',
  description: 'Finds passages in a collection of Needle that fit a question.',
  icon: 'Needle',
  category: 'needle',
  documentation: 'https://docs.needle.app',
  inputs: {
    needle_api_key: field.secret({ label: 'Needle API Key', info: 'Your key for Needle.', required: true }),
    collection_id: field.text({ label: 'Collection ID', info: 'The collection to search.', required: true }),
    query: field.text({ label: 'User Query', info: 'What to look for.', required: true, tool: true }),
    top_k: field.int({
      label: 'Top K Results',
      info: 'How many passages to find, at least 20.',
      default: 20,
      required: true,
    }),
  },
  outputs: {
    result: {
      type: 'Message',
      label: 'Result',
      method: 'run',
      toolNames: ['run', 'needle_component'],
      async run({ inputs, context }) {
        if (inputs.needle_api_key.trim() === '') throw invalid('The Needle API key cannot be empty.')
        if (inputs.collection_id.trim() === '') throw invalid('The Collection ID cannot be empty.')
        if (inputs.query.trim() === '') throw invalid('The query cannot be empty.')
        const passages = await passagesFor(inputs, context)
        context.setStatus(`${passages.length} passages`)
        if (passages.length === 0) return message('No relevant documents found for the query.')
        const found = passages.map((text, index) => `Document ${index + 1}:\n${text}`).join('\n\n')
        return message(`Question: ${inputs.query}\n\nContext:\n${found}`)
      },
    },
  },
})

interface Question {
  readonly needle_api_key: string
  readonly collection_id: string
  readonly query: string
  readonly top_k: number
}

async function passagesFor(
  { needle_api_key, collection_id, query, top_k }: Question,
  context: RunContext,
): Promise<readonly string[]> {
  const address = `https://search.needle.app/api/v1/collections/${encodeURIComponent(collection_id)}/search`
  try {
    const task = { text: query, top_k: Math.max(LEAST, top_k) }
    const { result } = await askJson(address, postJson(task, { 'x-api-key': needle_api_key }), context)
    return objectsIn(result).map(({ content }) => textIn(content))
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
    throw new AppError('bad_request', [`Error processing query: ${messageOf(error)}`], { cause: error })
  }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
