import { type DataFrame, dataFrame, defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { askJson, failureOf, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'

const fields = {
  google_api_key: field.secret({ label: 'Google API Key', info: 'Your key for Google.', required: true }),
  google_cse_id: field.secret({
    label: 'Google CSE ID',
    info: 'The id of your Programmable Search Engine.',
    required: true,
  }),
  input_value: field.multiline({ label: 'Input', info: 'What to look for.', tool: true }),
  k: field.int({ label: 'Number of results', info: 'The most results to give.', default: 4, required: true }),
}

export const googleSearchApi = defineComponent({
  type: 'GoogleSearchAPICore',
  aliases: ['GoogleSearchAPI', 'GoogleSearchAPIComponent'],
  oldToolNames: { GoogleSearchAPI: 'google_search' },
  displayName: 'Google Search API',
  description: 'Searches with a Programmable Search Engine of Google and gives the results it lists.',
  icon: 'Google',
  category: 'google',
  documentation: 'https://developers.google.com/custom-search/v1/overview',
  legacy: true,
  replacement: ['google.GoogleSerperAPICore', 'searchapi.SearchComponent', 'serpapi.Serp'],
  inputs: fields,
  outputs: {
    results: {
      type: 'DataFrame',
      label: 'Results',
      method: 'search_google',
      run: ({ inputs, context }) => search(inputs, context),
    },
  },
})

/** Google gives no more at once. */
const MOST = 10

/** The results, or one row that says what went wrong. */
async function search(inputs: InputsOf<typeof fields>, context: RunContext): Promise<DataFrame> {
  if (!inputs.google_api_key) return dataFrame([{ error: 'Invalid Google API Key' }])
  if (!inputs.google_cse_id) return dataFrame([{ error: 'Invalid Google CSE ID' }])
  const query = new URLSearchParams({
    q: inputs.input_value,
    cx: inputs.google_cse_id,
    num: String(Math.min(Math.max(1, inputs.k), MOST)),
  })
  try {
    const headers = { ...USER_AGENT, 'X-Goog-Api-Key': inputs.google_api_key }
    const answer = await askJson(`https://www.googleapis.com/customsearch/v1?${query}`, { headers }, context)
    const rows = objectsIn(answer.items).map(({ title, link, snippet }) => ({
      title: textIn(title),
      link: textIn(link),
      snippet: textIn(snippet),
    }))
    return dataFrame(rows)
  } catch (error) {
    return dataFrame([{ error: failureOf(error, context) }])
  }
}
