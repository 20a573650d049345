import { AppError, messageOf } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { newsFields } from '../shared/news-fields.ts'
import { articleError, articlesOr, fetchFeed, searchNews, searchWeb } from '../shared/web-search.ts'

const inputs = {
  search_mode: field.tab({
    label: 'Search Mode',
    info: 'Web pages, news, or the articles of an RSS feed.',
    options: ['Web', 'News', 'RSS'],
    default: 'Web',
    tool: true,
    refresh: true,
  }),
  query: field.text({
    label: 'Search Query',
    info: 'What to look for; for RSS, the address of the feed.',
    required: true,
    tool: true,
  }),
  ...newsFields,
  timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for each answer.', default: 5, advanced: true }),
  max_results: field.int({
    label: 'Max Results',
    info: 'The most pages that are read.',
    default: 5,
    advanced: true,
  }),
  max_content_length: field.int({
    label: 'Max Content Length',
    info: 'The most characters of each page; 0 for all.',
    default: 2000,
    advanced: true,
  }),
}
type SearchInputs = InputsOf<typeof inputs>

export const unifiedWebSearch = defineComponent({
  type: 'UnifiedWebSearch',
  aliases: ['UnifiedWebSearchComponent', 'WebSearchNoAPI', 'WebSearchComponent'],
  displayName: 'Web Search',
  description: 'Search the web, news, or RSS feeds.',
  icon: 'search',
  category: 'data_source',
  documentation: 'https://docs.langflow.org/web-search',
  inputs,
  outputs: {
    results: {
      type: 'DataFrame',
      label: 'Results',
      method: 'perform_search',
      run: async ({ inputs, context }) => dataFrame(await search(inputs, context)),
    },
  },
})

async function search(inputs: SearchInputs, context: RunContext) {
  const timeoutMs = Math.max(1, inputs.timeout) * 1000
  if (inputs.search_mode === 'Web') return webHits(inputs, timeoutMs, context)
  try {
    if (inputs.search_mode === 'RSS') {
      return articlesOr(await fetchFeed(inputs.query, timeoutMs, context), 'No articles found')
    }
    const { query, hl, gl, ceid, topic, location } = inputs
    const found = searchNews({ query, language: hl, country: gl, edition: ceid, topic, location, timeoutMs }, context)
    return articlesOr(await found, 'No articles found')
  } catch (error) {
    context.signal.throwIfAborted()
    return articleError(error)
  }
}

async function webHits(inputs: SearchInputs, timeoutMs: number, context: RunContext) {
  const query = inputs.query.trim()
  if (query === '') throw new AppError('invalid_field', ['Empty search query'])
  const options = {
    timeoutMs,
    maxResults: Math.min(Math.max(inputs.max_results, 1), 30),
    maxContentLength: Math.max(0, inputs.max_content_length),
  }
  try {
    return await searchWeb(query, options, context)
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code === 'address_refused') throw error
    return [{ title: 'Error', link: '', snippet: messageOf(error), content: '' }]
  }
}
