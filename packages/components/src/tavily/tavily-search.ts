import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { askJson, failureOf, objectsIn, textIn } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'

const inputs = {
  api_key: field.secret({ label: 'Tavily API Key', info: 'Your key for Tavily.', required: true }),
  query: field.text({ label: 'Search Query', info: 'What to look for.', tool: true }),
  search_depth: field.dropdown({
    label: 'Search Depth',
    info: 'How thoroughly to search.',
    options: ['basic', 'advanced'],
    default: 'advanced',
    advanced: true,
  }),
  chunks_per_source: field.int({
    label: 'Chunks Per Source',
    info: 'Pieces of text taken from each source, 1 to 3. Of the advanced depth alone.',
    default: 3,
    advanced: true,
  }),
  topic: field.dropdown({
    label: 'Search Topic',
    info: 'What kind of pages to look for.',
    options: ['general', 'news'],
    default: 'general',
    advanced: true,
  }),
  days: field.int({ label: 'Days', info: 'How many days back news may be.', default: 7, advanced: true }),
  max_results: field.int({ label: 'Max Results', info: 'The most pages to find.', default: 5, advanced: true }),
  include_answer: field.bool({
    label: 'Include Answer',
    info: 'Give a short answer to the query as well.',
    default: true,
    advanced: true,
  }),
  time_range: field.dropdown({
    label: 'Time Range',
    info: 'How far back pages may be.',
    options: ['day', 'week', 'month', 'year'],
    advanced: true,
  }),
  include_images: field.bool({
    label: 'Include Images',
    info: 'Give images that fit the query as well.',
    default: true,
    advanced: true,
  }),
  include_domains: field.text({
    label: 'Include Domains',
    info: 'Search these domains alone, separated by commas.',
    advanced: true,
  }),
  exclude_domains: field.text({
    label: 'Exclude Domains',
    info: 'Leave these domains out, separated by commas.',
    advanced: true,
  }),
  include_raw_content: field.bool({
    label: 'Include Raw Content',
    info: 'Give the whole text of each page as well.',
    advanced: true,
  }),
}
type TavilyInputs = InputsOf<typeof inputs>

export const tavilySearch = defineComponent({
  type: 'TavilySearchComponent',
  aliases: ['TavilyAISearch', 'TavilySearchTool', 'TavilySearchToolComponent'],
  oldToolNames: { TavilyAISearch: 'tavily_search' },
  displayName: 'Tavily Search API',
  description: 'Searches the web with Tavily, a search engine made for language models.',
  icon: 'TavilyIcon',
  category: 'tavily',
  documentation: 'https://docs.tavily.com',
  inputs,
  outputs: searchOutputs<typeof inputs>(({ inputs, context }) => search(inputs, context)),
})

/** What was found, or one row that says what went wrong. */
async function search(inputs: TavilyInputs, context: RunContext) {
  try {
    const answer = await askJson(
      'https://api.tavily.com/search',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(requestOf(inputs)),
        timeoutMs: 90_000,
      },
      context,
    )
    return rowsOf(answer, inputs)
  } catch (error) {
    const text = failureOf(error, context)
    return [{ text, error: text }]
  }
}

function requestOf(inputs: TavilyInputs) {
  const [include_domains, exclude_domains] = [domainsIn(inputs.include_domains), domainsIn(inputs.exclude_domains)]
  return {
    api_key: inputs.api_key,
    query: inputs.query,
    search_depth: inputs.search_depth,
    topic: inputs.topic,
    max_results: inputs.max_results,
    include_images: inputs.include_images,
    include_answer: inputs.include_answer,
    include_raw_content: inputs.include_raw_content,
    days: inputs.days,
    time_range: inputs.time_range || null,
    ...(include_domains.length > 0 && { include_domains }),
    ...(exclude_domains.length > 0 && { exclude_domains }),
    ...(inputs.search_depth === 'advanced' && { chunks_per_source: inputs.chunks_per_source }),
  }
}

const domainsIn = (typed: string): readonly string[] =>
  typed
    .split(',')
    .map((domain) => domain.trim())
    .filter((domain) => domain !== '')

function rowsOf(answer: Readonly<Record<string, unknown>>, wanted: TavilyInputs) {
  const said = wanted.include_answer ? textIn(answer.answer) : ''
  const images = wanted.include_images && Array.isArray(answer.images) ? answer.images : []
  const pages = objectsIn(answer.results).map(({ title, url, content, score, raw_content }) => ({
    text: textIn(content),
    title: textIn(title),
    url: textIn(url),
    content: textIn(content),
    score: score ?? null,
    ...(wanted.include_raw_content && { raw_content: raw_content ?? null }),
  }))
  return [
    ...(said === '' ? [] : [{ text: said }]),
    ...pages,
    ...(images.length > 0 ? [{ text: 'Images found', images }] : []),
  ]
}
