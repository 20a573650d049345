import { isObject } from '@runnel/protocol/json'
import { data, defineComponent, field } from '@runnel/sdk'
import { askFirecrawl, entriesOf, firecrawlKey, firecrawlOptions } from '../shared/firecrawl.ts'

export const firecrawlScrapeApi = defineComponent({
  type: 'FirecrawlScrapeApi',
  displayName: 'Firecrawl Scrape API',
  description: 'Reads a web page with Firecrawl.',
  icon: 'Firecrawl',
  category: 'firecrawl',
  documentation: 'https://docs.firecrawl.dev/api-reference/endpoint/scrape',
  inputs: {
    api_key: firecrawlKey,
    url: field.multiline({ label: 'URL', info: 'The page to read.', required: true, tool: true }),
    timeout: field.int({ label: 'Timeout', info: 'Milliseconds to wait for the page.' }),
    scrapeOptions: firecrawlOptions('Scrape Options', 'How to read the page, by the names of the API.'),
    extractorOptions: firecrawlOptions('Extractor Options', 'What to take from the page, by the names of the API.'),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'scrape',
      async run({ inputs, context }) {
        const { api_key, url, timeout, scrapeOptions, extractorOptions } = inputs
        const extract = entriesOf(extractorOptions)
        const task = {
          url: url.trim(),
          formats: ['markdown'],
          ...(timeout !== undefined && timeout > 0 && { timeout }),
          ...entriesOf(scrapeOptions),
          ...(Object.keys(extract).length > 0 && { extract }),
        }
        const answer = await askFirecrawl('scrape', { key: api_key, task }, context)
        const page = isObject(answer.data) ? answer.data : answer
        context.setStatus(page.metadata ?? url)
        return data(page, { text_key: 'markdown' })
      },
    },
  },
})
