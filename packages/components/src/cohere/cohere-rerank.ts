import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, textOfData } from '@runnel/sdk'
import { askJson, objectsIn, postJson } from '../shared/ask-service.ts'

const RERANK = 'https://api.cohere.com/v2/rerank'

export const cohereRerank = defineComponent({
  type: 'CohereRerank',
  aliases: ['CohereRerankComponent'],
  displayName: 'Cohere Rerank',
  description: 'Puts what a search has found in order by how well it answers, with a model of Cohere.',
  icon: 'Cohere',
  category: 'cohere',
  legacy: true,
  inputs: {
    search_query: field.multiline({ label: 'Search Query', info: 'What was looked for.', tool: true }),
    search_results: field.data({ label: 'Search Results', info: 'What was found.', list: true }),
    top_n: field.int({ label: 'Top N', info: 'The most documents to keep.', default: 3, advanced: true }),
    api_key: field.secret({ label: 'Cohere API Key', info: 'Your key for Cohere.', variable: 'COHERE_API_KEY' }),
    model: field.dropdown({
      label: 'Model',
      info: 'The model that compares.',
      options: [
        'rerank-v3.5',
        'rerank-english-v3.0',
        'rerank-multilingual-v3.0',
        'rerank-english-v2.0',
        'rerank-multilingual-v2.0',
      ],
      default: 'rerank-english-v3.0',
      free: true,
    }),
  },
  outputs: {
    reranked_documents: {
      type: 'Data',
      label: 'Reranked Documents',
      method: 'compress_documents',
      async run({ inputs, context }) {
        const { search_query: query, search_results: found, top_n, api_key, model } = inputs
        if (api_key.trim() === '') throw new AppError('invalid_field', ['The Cohere API key is missing. Enter it.'])
        if (found.length === 0 || query.trim() === '') return []
        const body = { model, query, documents: found.map(textOfData), top_n: Math.min(top_n, found.length) }
        const headers = { Authorization: `Bearer ${api_key}` }
        const { results } = await askJson(RERANK, postJson(body, headers), context)
        const best = objectsIn(results).flatMap(({ index, relevance_score }) => {
          const document = found[Number(index)]
          return document ? [data({ ...document.data, relevance_score }, document)] : []
        })
        context.setStatus(best)
        return best
      },
    },
  },
})
