import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { scrapeGraphSmartScraperApi } from './scrapegraph-smart-scraper-api.ts'

test('asks ScrapeGraph for the page and gives what it answers', async () => {
  let seen: object | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ status: 'completed', result: 'Found' })
  }
  const { data } = await runComponent(
    scrapeGraphSmartScraperApi,
    { api_key: 'k', url: 'https://a.test', prompt: 'Prices' },
    { http },
  )
  expect(data).toMatchObject({ data: { result: 'Found' } })
  expect(seen).toMatchObject({
    url: 'https://api.scrapegraphai.com/v1/smartscraper',
    body: '{"website_url":"https://a.test","user_prompt":"Prices"}',
  })
})
