import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { firecrawlMapApi } from './firecrawl-map-api.ts'

test('gives the addresses of all sites', async () => {
  const seen: unknown[] = []
  const http = (_url: string, { body }: HttpRequest) => {
    const task = JSON.parse(String(body))
    seen.push(task)
    return JSON.stringify({ success: true, links: [`${task.url}/1`] })
  }
  const inputs = { api_key: 'k', urls: 'https://a.test,\nhttps://b.test\n', sitemap_only: true }
  const { data } = await runComponent(firecrawlMapApi, inputs, { http })
  expect(data).toMatchObject({ data: { success: true, links: ['https://a.test/1', 'https://b.test/1'] } })
  const options = { ignoreSitemap: false, sitemapOnly: true, includeSubdomains: false }
  expect(seen).toEqual([
    { url: 'https://a.test', ...options },
    { url: 'https://b.test', ...options },
  ])
})

test('asks for an address', async () => {
  await expect(runComponent(firecrawlMapApi, { api_key: 'k', urls: ' , ' })).rejects.toThrow('No valid URLs provided')
})
