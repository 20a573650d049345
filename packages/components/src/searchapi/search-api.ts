import { defineComponent, field } from '@runnel/sdk'
import { askJson, USER_AGENT } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'
import { organicFields, organicRows, searchAddress } from '../shared/organic-results.ts'

const { input_value, ...limits } = organicFields

const inputs = {
  engine: field.dropdown({
    label: 'Engine',
    info: 'The search engine to ask.',
    options: ['google', 'bing', 'duckduckgo'],
    default: 'google',
  }),
  api_key: field.secret({ label: 'SearchAPI API Key', info: 'Your key for SearchApi.', required: true }),
  input_value,
  ...limits,
} as const

export const searchApi = defineComponent({
  type: 'SearchComponent',
  aliases: ['SearchAPI', 'SearchAPIComponent'],
  oldToolNames: { SearchAPI: 'search_api' },
  displayName: 'SearchApi',
  description: 'Asks a search engine through SearchApi and gives the results it lists.',
  icon: 'SearchAPI',
  category: 'searchapi',
  documentation: 'https://www.searchapi.io/docs/google',
  inputs,
  outputs: searchOutputs<typeof inputs>(async ({ inputs: chosen, context }) => {
    const { engine, input_value: q, api_key, search_params } = chosen
    const address = searchAddress('https://www.searchapi.io/api/v1/search', { engine, q }, search_params)
    const headers = { ...USER_AGENT, Authorization: `Bearer ${api_key}` }
    return organicRows(await askJson(address, { headers }, context), chosen)
  }),
})
