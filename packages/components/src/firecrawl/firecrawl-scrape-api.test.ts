import { data, type HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { firecrawlScrapeApi } from './firecrawl-scrape-api.ts'

test('gives the page as Firecrawl reads it', async () => {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ success: true, data: { markdown: '# A', metadata: { title: 'A' } } })
  }
  const inputs = {
    api_key: 'k',
    url: ' https://a.test ',
    timeout: 5000,
    scrapeOptions: data({ onlyMainContent: true }),
    extractorOptions: data({ prompt: 'Prices' }),
  }
  const { data: page } = await runComponent(firecrawlScrapeApi, inputs, { http })
  expect(page).toMatchObject({ data: { markdown: '# A' }, text_key: 'markdown' })
  expect(seen).toMatchObject({ url: 'https://api.firecrawl.dev/v1/scrape', headers: { Authorization: 'Bearer k' } })
  expect(JSON.parse(String(seen?.body))).toEqual({
    url: 'https://a.test',
    formats: ['markdown'],
    timeout: 5000,
    onlyMainContent: true,
    extract: { prompt: 'Prices' },
  })
})

test('says what Firecrawl refuses', async () => {
  const http = () => '{"success":false,"error":"No such page"}'
  const run = runComponent(firecrawlScrapeApi, { api_key: 'k', url: 'https://a.test' }, { http })
  await expect(run).rejects.toThrow('Firecrawl could not do it: No such page')
})
