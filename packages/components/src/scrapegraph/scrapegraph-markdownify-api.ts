import { defineComponent, field } from '@runnel/sdk'
import { askScrapeGraph, scrapeGraphKey } from '../shared/scrapegraph.ts'

export const scrapeGraphMarkdownifyApi = defineComponent({
  type: 'ScrapeGraphMarkdownifyApi',
  displayName: 'ScrapeGraph Markdownify API',
  description: 'Gives a web page as Markdown, with ScrapeGraph.',
  icon: 'ScrapeGraph',
  category: 'scrapegraph',
  documentation: 'https://docs.scrapegraphai.com/services/markdownify',
  inputs: {
    api_key: scrapeGraphKey,
    url: field.text({ label: 'URL', info: 'The page to read.', tool: true }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'scrape',
      run: ({ inputs: { api_key, url }, context }) =>
        askScrapeGraph('markdownify', { key: api_key, task: { website_url: url } }, context),
    },
  },
})
