import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { scrapeGraphMarkdownifyApi } from './scrapegraph-markdownify-api.ts'

test('asks ScrapeGraph for the page and gives what it answers', async () => {
  let seen: object | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ status: 'completed', result: 'Found' })
  }
  const { data } = await runComponent(scrapeGraphMarkdownifyApi, { api_key: 'k', url: 'https://a.test' }, { http })
  expect(data).toMatchObject({ data: { result: 'Found' } })
  expect(seen).toMatchObject({
    url: 'https://api.scrapegraphai.com/v1/markdownify',
    body: '{"website_url":"https://a.test"}',
  })
})
