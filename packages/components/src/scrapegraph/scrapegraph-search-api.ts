import { defineComponent, field } from '@runnel/sdk'
import { askScrapeGraph, scrapeGraphKey } from '../shared/scrapegraph.ts'

export const scrapeGraphSearchApi = defineComponent({
  type: 'ScrapeGraphSearchApi',
  displayName: 'ScrapeGraph Search API',
  description: 'Searches the web with ScrapeGraph and answers from the pages it finds.',
  icon: 'ScrapeGraph',
  category: 'scrapegraph',
  documentation: 'https://docs.scrapegraphai.com/services/searchscraper',
  inputs: {
    api_key: scrapeGraphKey,
    user_prompt: field.text({ label: 'Search Prompt', info: 'The search prompt to use.', tool: true }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'search',
      run: ({ inputs: { api_key, user_prompt }, context }) =>
        askScrapeGraph('searchscraper', { key: api_key, task: { user_prompt } }, context),
    },
  },
})
