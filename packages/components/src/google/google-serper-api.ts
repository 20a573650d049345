import { dataFrame, defineComponent, field } from '@runnel/sdk'
import { askJson, objectsIn, textIn } from '../shared/ask-service.ts'

export const googleSerperApi = defineComponent({
  type: 'GoogleSerperAPICore',
  aliases: ['GoogleSerperAPI', 'GoogleSerperAPIComponent'],
  oldToolNames: { GoogleSerperAPI: 'google_serper' },
  displayName: 'Google Serper API',
  description: 'Asks Google through Serper and gives the results it lists.',
  icon: 'Serper',
  category: 'google',
  documentation: 'https://serper.dev',
  inputs: {
    serper_api_key: field.secret({ label: 'Serper API Key', info: 'Your key for Serper.', required: true }),
    input_value: field.multiline({ label: 'Input', info: 'What to look for.', tool: true }),
    k: field.int({ label: 'Number of results', info: 'The most results to give.', default: 4, required: true }),
  },
  outputs: {
    results: {
      type: 'DataFrame',
      label: 'Results',
      method: 'search_serper',
      async run({ inputs: { serper_api_key, input_value, k }, context }) {
        const num = Math.max(1, k)
        const request = {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-API-KEY': serper_api_key },
          body: JSON.stringify({ q: input_value, num, gl: 'us', hl: 'en' }),
        }
        const { organic } = await askJson('https://google.serper.dev/search', request, context)
        const rows = objectsIn(organic)
          .slice(0, num)
          .map(({ title, link, snippet }) => ({ title: textIn(title), link: textIn(link), snippet: textIn(snippet) }))
        return dataFrame(rows)
      },
    },
  },
})
