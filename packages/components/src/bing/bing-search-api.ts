import { isObject } from '@runnel/protocol/json'
import {
  argumentSchema,
  dataFrame,
  defineComponent,
  field,
  type InputsOf,
  type RunContext,
  type Tool,
} from '@runnel/sdk'
import { askJson, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'

const BASE = 'https://api.bing.microsoft.com/v7.0/search'

const inputs = {
  bing_subscription_key: field.secret({ label: 'Bing Subscription Key', info: 'Your key for Bing.' }),
  input_value: field.multiline({ label: 'Input', info: 'What to look for.', tool: true }),
  bing_search_url: field.text({
    label: 'Bing Search URL',
    info: 'Another address than that of Microsoft.',
    advanced: true,
  }),
  k: field.int({ label: 'Number of results', info: 'The most results to give.', default: 4, required: true }),
}
type Given = InputsOf<typeof inputs>

export const bingSearchApi = defineComponent({
  type: 'BingSearchAPI',
  aliases: ['BingSearchAPIComponent'],
  displayName: 'Bing Search API',
  description: 'Asks Bing, or a service that answers like it, and gives the pages it lists.',
  icon: 'Bing',
  category: 'bing',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_content_dataframe',
      run: async ({ inputs, context }) => dataFrame(await found(inputs, inputs.input_value, context)),
    },
    tool: { type: 'Tool', label: 'Tool', method: 'build_tool', run: ({ inputs, context }) => toolOf(inputs, context) },
  },
})

async function found({ bing_subscription_key, bing_search_url, k }: Given, query: string, context: RunContext) {
  const address = new URL(bing_search_url.trim() || BASE)
  address.searchParams.set('q', query)
  address.searchParams.set('count', String(Math.max(1, k)))
  const headers = { ...USER_AGENT, 'Ocp-Apim-Subscription-Key': bing_subscription_key }
  const { webPages } = await askJson(address.href, { headers }, context)
  return objectsIn(isObject(webPages) ? webPages.value : undefined)
    .slice(0, Math.max(0, k))
    .map(({ name, url, snippet }) => ({
      text: textIn(snippet),
      title: textIn(name),
      link: textIn(url),
      snippet: textIn(snippet),
    }))
}

const toolOf = (given: Given, context: RunContext): Tool => ({
  kind: 'tool',
  name: 'bing_search_results_json',
  tags: ['bing_search_results_json'],
  description: 'Searches the web with Bing. The argument is what to look for.',
  inputSchema: argumentSchema([['query', field.text({ label: 'Query', info: 'What to look for.', required: true })]]),
  call: ({ query }, signal) => found(given, String(query ?? ''), { ...context, signal }),
})
