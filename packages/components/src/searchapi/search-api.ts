import { dataFrame, defineComponent, field } from '@runnel/sdk'
import { askJson, USER_AGENT } from '../shared/ask-service.ts'
import { organicFields, organicRows, searchAddress } from '../shared/organic-results.ts'

const { input_value, ...limits } = organicFields

export const searchApi = defineComponent({
  type: 'SearchComponent',
  aliases: ['SearchAPI', 'SearchAPIComponent'],
  oldToolNames: { SearchAPI: 'search_api' },
  displayName: 'SearchApi',
  description: 'Asks a search engine through SearchApi and gives the results it lists.',
  icon: 'SearchAPI',
  category: 'searchapi',
  documentation: 'https://www.searchapi.io/docs/google',
  inputs: {
    engine: field.dropdown({
      label: 'Engine',
      info: 'The search engine to ask.',
      options: ['google', 'bing', 'duckduckgo'],
      default: 'google',
    }),
    api_key: field.secret({ label: 'SearchAPI API Key', info: 'Your key for SearchApi.', required: true }),
    input_value,
    ...limits,
  },
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_content_dataframe',
      // The tool's name in files of 1.4.
      toolNames: ['fetch_content_dataframe', 'fetch_content'],
      async run({ inputs, context }) {
        const { engine, input_value: q, api_key, search_params } = inputs
        const address = searchAddress('https://www.searchapi.io/api/v1/search', { engine, q }, search_params)
        const headers = { ...USER_AGENT, Authorization: `Bearer ${api_key}` }
        return dataFrame(organicRows(await askJson(address, { headers }, context), inputs))
      },
    },
  },
})
