import { argumentSchema, defineComponent, field, type InputsOf, type RunContext, type Tool } from '@runnel/sdk'
import { askJson, objectsIn, USER_AGENT } from '../shared/ask-service.ts'

const inputs = {
  url: field.text({
    label: 'URL',
    info: 'The address of a SearXNG server.',
    default: 'http://localhost',
    required: true,
  }),
  max_results: field.int({ label: 'Max Results', info: 'The most results to give.', default: 10, required: true }),
  categories: field.multiselect({
    label: 'Categories',
    info: 'Where to look; none means everywhere.',
    options: ['general', 'images', 'videos', 'news', 'map', 'music', 'it', 'science', 'files', 'social media'],
  }),
  language: field.dropdown({
    label: 'Language',
    info: 'The language of results, such as en; empty means any.',
    options: ['', 'en', 'de', 'fr', 'es', 'it', 'pt', 'ru', 'ja', 'ko', 'zh'],
    free: true,
  }),
}
type Given = InputsOf<typeof inputs>

export const searXngTool = defineComponent({
  type: 'SearXNGTool',
  aliases: ['SearXNGToolComponent'],
  displayName: 'SearXNG Search',
  description: 'Gives agents a tool that searches with a SearXNG server.',
  icon: 'Search',
  category: 'tools',
  documentation: 'https://docs.searxng.org/dev/search_api.html',
  legacy: true,
  inputs,
  outputs: {
    result_tool: {
      type: 'Tool',
      label: 'Tool',
      method: 'build_tool',
      run: ({ inputs, context }) => toolOf(inputs, context),
    },
  },
})

function toolOf({ url, max_results, categories, language }: Given, context: RunContext): Tool {
  return {
    kind: 'tool',
    name: 'search_tool',
    tags: ['search_tool'],
    description: 'Searches the web for a question.',
    inputSchema: argumentSchema([['query', field.text({ label: 'Query', info: 'What to look for.', required: true })]]),
    async call({ query }, signal) {
      const address = new URL(`${url.trim().replace(/\/+$/, '')}/search`)
      const asked = {
        q: String(query ?? ''),
        format: 'json',
        ...(categories.length > 0 && { categories: categories.join(',') }),
        ...(language && { language }),
      }
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
      const answer = await askJson(address.href, { headers: USER_AGENT }, { ...context, signal })
      return objectsIn(answer.results)
        .slice(0, Math.max(0, max_results))
        .map(({ title, url: link, content, publishedDate }) => ({ title, url: link, content, publishedDate }))
    },
  }
}
