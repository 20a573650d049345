import { type DataFrame, dataFrame, defineComponent, field, type RunContext } from '@runnel/sdk'
import { askJson, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'

export const wikidata = defineComponent({
  type: 'WikidataComponent',
  aliases: ['WikidataAPI', 'WikidataAPIComponent'],
  oldToolNames: { WikidataAPI: 'wikidata_search_api' },
  displayName: 'Wikidata',
  description: 'Finds things on Wikidata and gives what they are.',
  icon: 'Wikipedia',
  category: 'wikipedia',
  documentation: 'https://www.wikidata.org/wiki/Wikidata:Data_access',
  inputs: {
    query: field.multiline({ label: 'Query', info: 'The name of what to look for.', required: true, tool: true }),
  },
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_content_dataframe',
      // The tool's name in files of 1.4.
      toolNames: ['fetch_content_dataframe', 'fetch_content'],
      run: ({ inputs, context }) => entitiesFor(inputs.query, context),
    },
  },
})

async function entitiesFor(search: string, context: RunContext): Promise<DataFrame> {
  const query = new URLSearchParams({ action: 'wbsearchentities', format: 'json', search, language: 'en' })
  const answer = await askJson(`https://www.wikidata.org/w/api.php?${query}`, { headers: USER_AGENT }, context)
  const rows = objectsIn(answer.search).map(({ id, label, description, url, concepturi }) => ({
    text: `${textIn(label)}: ${textIn(description)}`,
    label: textIn(label),
    id: textIn(id),
    url: textIn(url),
    description: textIn(description),
    concepturi: textIn(concepturi),
  }))
  return dataFrame(rows.length > 0 ? rows : [{ error: 'No search results found for the given query.' }])
}
