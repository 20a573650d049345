import { data, defineComponent, field } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { awaitFirecrawl, entriesOf, firecrawlKey, firecrawlOptions } from '../shared/firecrawl.ts'

/** Pages, where the node does not say. */
const LIMIT = 100

export const firecrawlCrawlApi = defineComponent({
  type: 'FirecrawlCrawlApi',
  displayName: 'Firecrawl Crawl API',
  description: 'Reads a web page and those below it with Firecrawl.',
  icon: 'Firecrawl',
  category: 'firecrawl',
  documentation: 'https://docs.firecrawl.dev/api-reference/endpoint/crawl-post',
  inputs: {
    api_key: firecrawlKey,
    url: field.multiline({ label: 'URL', info: 'The page to begin at.', required: true, tool: true }),
    timeout: field.int({ label: 'Timeout', info: 'Milliseconds to wait for each page.' }),
    idempotency_key: field.string({
      label: 'Idempotency Key',
      info: 'Kept for older files. Changes nothing.',
    }),
    crawlerOptions: firecrawlOptions('Crawler Options', 'Which pages to read, by the names of the API.'),
    scrapeOptions: firecrawlOptions('Scrape Options', 'How to read each page, by the names of the API.'),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'crawl',
      async run({ inputs, context }) {
        const { api_key, url, timeout, crawlerOptions, scrapeOptions } = inputs
        const task = {
          url: url.trim(),
          limit: LIMIT,
          ...entriesOf(crawlerOptions),
          scrapeOptions: {
            formats: ['markdown'],
            ...(timeout !== undefined && timeout > 0 && { timeout }),
            ...entriesOf(scrapeOptions),
          },
        }
        const answers = await awaitFirecrawl('crawl', { key: api_key, task }, context)
        const pages = answers.flatMap((answer) => objectsIn(answer.data))
        context.setStatus(`${pages.length} pages`)
        return data({ results: pages })
      },
    },
  },
})
