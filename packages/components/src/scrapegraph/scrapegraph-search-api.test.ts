import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { afterEach, expect, test, vi } from 'vitest'
import { scrapeGraphSearchApi } from './scrapegraph-search-api.ts'

afterEach(() => void vi.useRealTimers())

const done = {
  request_id: 'r-1',
  status: 'completed',
  result: { answer: 'The Nile' },
  reference_urls: ['https://a.test'],
}

/** Runs it; the service gives the answers in turn. */
async function searched(...answers: readonly object[]) {
  const left = [...answers]
  const seen: (HttpRequest & { readonly url: string })[] = []
  const http = (url: string, request: HttpRequest) => {
    seen.push({ url, ...request })
    return JSON.stringify(left.shift())
  }
  const run = runComponent(scrapeGraphSearchApi, { api_key: 'k', user_prompt: 'Longest river?' }, { http })
  return { run, seen }
}

test('asks ScrapeGraph and gives all it answers', async () => {
  const { run, seen } = await searched(done)
  expect(await run).toMatchObject({ data: { data: done } })
  expect(seen).toMatchObject([
    {
      url: 'https://api.scrapegraphai.com/v1/searchscraper',
      method: 'POST',
      headers: { 'SGAI-APIKEY': 'k' },
      body: '{"user_prompt":"Longest river?"}',
    },
  ])
})

test('asks again while the answer is not there', async () => {
  vi.useFakeTimers()
  const { run, seen } = await searched({ request_id: 'r-1', status: 'queued' }, { status: 'processing' }, done)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await run).toMatchObject({ data: { data: done } })
  expect(seen.map(({ url }) => url.split('/v1/')[1])).toEqual([
    'searchscraper',
    'searchscraper/r-1',
    'searchscraper/r-1',
  ])
})

test('fails when ScrapeGraph does', async () => {
  const { run } = await searched({ status: 'failed', error: 'No credits' })
  await expect(run).rejects.toThrow('ScrapeGraph could not do it: No credits')
})
