import { defineComponent, field, type RunArguments } from '@runnel/sdk'
import { askJson, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'

const inputs = {
  query: field.multiline({ label: 'Query', info: 'The name of what to look for.', required: true, tool: true }),
} as const
type Args = RunArguments<typeof inputs>

export const wikidata = defineComponent({
  type: 'WikidataComponent',
  aliases: ['WikidataAPI', 'WikidataAPIComponent'],
  oldToolNames: { WikidataAPI: 'wikidata_search_api' },
  displayName: 'Wikidata',
  description: 'Finds things on Wikidata and gives what they are.',
  icon: 'Wikipedia',
  category: 'wikipedia',
  documentation: 'https://www.wikidata.org/wiki/Wikidata:Data_access',
  inputs,
  outputs: searchOutputs(entitiesFor),
})

async function entitiesFor({ inputs: { query: search }, context }: Args) {
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
  return rows.length > 0 ? rows : [{ error: 'No search results found for the given query.' }]
}
