import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, message, type RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from '../shared/ask-service.ts'
import { vectara, vectaraFields } from '../shared/vectara.ts'

const inputs = {
  ...vectaraFields,
  search_query: field.text({ label: 'Search Query', info: 'The question to answer.', tool: true }),
  lexical_interpolation: field.float({
    label: 'Hybrid Search Factor',
    info: 'How much words count beside meaning: 0 means not at all, 1 means they alone count.',
    default: 0.005,
    advanced: true,
    extra: { range_spec: { step_type: 'float', min: 0.005, max: 0.1, step: 0.005 } },
  }),
  filter: field.text({
    label: 'Metadata Filters',
    info: "Which texts are searched, as Vectara writes it: part.lang = 'eng'",
    advanced: true,
  }),
  reranker: field.dropdown({
    label: 'Reranker Type',
    info: 'How what was found is put in order.',
    options: ['mmr', 'rerank_multilingual_v1', 'none'],
    default: 'mmr',
  }),
  reranker_k: field.int({
    label: 'Number of Results to Rerank',
    info: 'How many texts are put in order.',
    default: 50,
    range: { step_type: 'int', min: 1, max: 100, step: 1 },
    advanced: true,
  }),
  diversity_bias: field.float({
    label: 'Diversity Bias',
    info: 'How much the texts should differ, from 0 to 1; for mmr alone.',
    default: 0.2,
    advanced: true,
    extra: { range_spec: { step_type: 'float', min: 0, max: 1, step: 0.01 } },
  }),
  max_results: field.int({
    label: 'Max Results to Summarize',
    info: 'The most texts the answer is made of.',
    default: 7,
    range: { step_type: 'int', min: 1, max: 100, step: 1 },
    advanced: true,
  }),
  response_lang: field.dropdown({
    label: 'Response Language',
    info: 'The language of the answer; auto means that of the question.',
    options: ['auto', 'eng', 'deu', 'fra', 'ita', 'nld', 'por', 'rus', 'spa', 'zho'],
    default: 'eng',
    advanced: true,
  }),
  prompt: field.dropdown({
    label: 'Prompt Name',
    info: 'What writes the answer; which of them may be used depends on the account.',
    options: [
      'vectara-summary-ext-24-05-sml',
      'vectara-summary-ext-24-05-med-omni',
      'vectara-summary-ext-24-05-large',
      'vectara-summary-ext-24-05-med',
      'vectara-summary-ext-v1.3.0',
    ],
    default: 'vectara-summary-ext-24-05-sml',
    advanced: true,
  }),
} as const
type Given = InputsOf<typeof inputs>

export const vectaraRag = defineComponent({
  type: 'VectaraRAG',
  aliases: ['VectaraRagComponent'],
  displayName: 'Vectara RAG',
  description: 'Answers a question out of a corpus of Vectara.',
  icon: 'Vectara',
  category: 'vectara',
  documentation: 'https://docs.vectara.com/docs',
  inputs,
  outputs: {
    answer: {
      type: 'Message',
      label: 'Answer',
      method: 'generate_response',
      async run({ inputs: given, context }) {
        const text = await answerTo(given, context)
        context.setStatus(text)
        return message(text)
      },
    },
  },
})

/** The numbers Vectara has for its rerankers. */
const MMR = 272_725_718
const MULTILINGUAL = 272_725_719

async function answerTo(given: Given, context: RunContext): Promise<string> {
  const { search_query: query, max_results, response_lang, prompt, filter, lexical_interpolation: lambda } = given
  const summary = { maxSummarizedResults: max_results, responseLang: response_lang, summarizerPromptName: prompt }
  const reranking = rerankingOf(given)
  const answer = await vectara(given, context).query({
    query,
    filter,
    lambda,
    limit: reranking ? given.reranker_k : max_results,
    more: { ...(reranking && { rerankingConfig: reranking }), summary: [summary] },
  })
  const [written] = objectsIn(answer.summary)
  const [failure] = objectsIn(written?.status).filter(({ code }) => code !== 'OK')
  if (failure) throw new AppError('bad_request', [`Vectara wrote no answer: ${textIn(failure.statusDetail)}`])
  return textIn(written?.text)
}

function rerankingOf({ reranker, diversity_bias: diversityBias }: Given): JsonObject | undefined {
  switch (reranker) {
    case 'mmr':
      return { rerankerId: MMR, mmrConfig: { diversityBias } }
    case 'rerank_multilingual_v1':
      return { rerankerId: MULTILINGUAL }
    case 'none':
      return undefined
    default:
      return reranker satisfies never
  }
}
