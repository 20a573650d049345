import { AppError, messageOf } from '@runnel/protocol/errors'
import { data, defineComponent, field, type InputsOf, message, type RunContext } from '@runnel/sdk'
import { askJson, USER_AGENT } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { type OrganicRow, organicFields, organicRows, searchAddress } from '../shared/organic-results.ts'

const inputs = {
  serpapi_api_key: field.secret({ label: 'SerpAPI API Key', info: 'Your key for SerpAPI.', required: true }),
  ...organicFields,
}
type SerpInputs = InputsOf<typeof inputs>

const USUAL = { engine: 'google', google_domain: 'google.com', gl: 'us', hl: 'en' }

export const serp = defineComponent({
  type: 'Serp',
  aliases: ['SerpAPI', 'SerpComponent', 'SerpAPIComponent'],
  oldToolNames: { SerpAPI: 'serp_search_api' },
  displayName: 'Serp Search API',
  description: 'Asks Google through SerpAPI and gives the results it lists.',
  icon: 'SerpSearch',
  category: 'serpapi',
  documentation: 'https://serpapi.com/search-api',
  inputs,
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'fetch_content',
      run: async ({ inputs, context }) => (await resultsOf(inputs, context)).map((row) => data(row)),
    },
    text: {
      type: 'Message',
      label: 'Text',
      method: 'fetch_content_text',
      run: async ({ inputs, context }) =>
        message((await resultsOf(inputs, context)).map(({ text }) => text).join('\n')),
    },
  },
})

function resultsOf(inputs: SerpInputs, context: RunContext): Promise<readonly OrganicRow[]> {
  return oncePerBuild(context, 'results', async () => {
    try {
      const usual = { ...USUAL, q: inputs.input_value, api_key: inputs.serpapi_api_key }
      const address = searchAddress('https://serpapi.com/search.json', usual, inputs.search_params)
      const answer = await askJson(address, { headers: USER_AGENT }, context)
      if (typeof answer.error === 'string') throw new AppError('bad_request', [answer.error])
      return organicRows(answer, inputs)
    } catch (error) {
      context.signal.throwIfAborted()
      if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
      throw new AppError('bad_request', [`Error in SerpAPI search: ${messageOf(error)}`], { cause: error })
    }
  })
}
