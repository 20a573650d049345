import { data, type HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { afterEach, expect, test, vi } from 'vitest'
import { firecrawlCrawlApi } from './firecrawl-crawl-api.ts'

afterEach(() => void vi.useRealTimers())

/** Firecrawl gives the answers in turn. */
function crawled(...answers: readonly object[]) {
  const left = [...answers]
  const seen: unknown[] = []
  const http = (url: string, { body }: HttpRequest) => {
    seen.push(body ? JSON.parse(String(body)) : url)
    return JSON.stringify(left.shift())
  }
  const inputs = { api_key: 'k', url: 'https://a.test', crawlerOptions: data({ limit: 3 }) }
  return { seen, run: runComponent(firecrawlCrawlApi, inputs, { http }) }
}

test('waits for the crawl and gives the pages of all its parts', async () => {
  vi.useFakeTimers()
  const next = 'https://api.firecrawl.dev/v1/crawl/c-1?skip=1'
  const { seen, run } = crawled(
    { success: true, id: 'c-1' },
    { status: 'scraping', data: [] },
    { status: 'completed', data: [{ markdown: 'a' }], next },
    { status: 'completed', data: [{ markdown: 'b' }] },
  )
  await vi.advanceTimersByTimeAsync(2000)
  expect((await run).data).toMatchObject({ data: { results: [{ markdown: 'a' }, { markdown: 'b' }] } })
  const address = 'https://api.firecrawl.dev/v1/crawl/c-1'
  expect(seen).toEqual([
    { url: 'https://a.test', limit: 3, scrapeOptions: { formats: ['markdown'] } },
    address,
    address,
    next,
  ])
})

test('sends the key to no other address', async () => {
  const { seen, run } = crawled({ id: 'c-1' }, { status: 'completed', data: [], next: 'https://evil.test/' })
  await run
  expect(seen).toHaveLength(2)
})

test('says that a crawl failed', async () => {
  await expect(crawled({ id: 'c-1' }, { status: 'failed', error: 'Too deep' }).run).rejects.toThrow('Too deep')
})
