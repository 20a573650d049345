import { defineComponent, field } from '@runnel/sdk'
import { askScrapeGraph, scrapeGraphKey } from '../shared/scrapegraph.ts'

export const scrapeGraphSmartScraperApi = defineComponent({
  type: 'ScrapeGraphSmartScraperApi',
  displayName: 'ScrapeGraph Smart Scraper API',
  description: 'Takes what a prompt asks for from a web page, with ScrapeGraph.',
  icon: 'ScrapeGraph',
  category: 'scrapegraph',
  documentation: 'https://docs.scrapegraphai.com/services/smartscraper',
  inputs: {
    api_key: scrapeGraphKey,
    url: field.text({ label: 'URL', info: 'The page to read.', tool: true }),
    prompt: field.text({ label: 'Prompt', info: 'What to take from it.', tool: true }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'scrape',
      run: ({ inputs: { api_key, url, prompt }, context }) =>
        askScrapeGraph('smartscraper', { key: api_key, task: { website_url: url, user_prompt: prompt } }, context),
    },
  },
})
