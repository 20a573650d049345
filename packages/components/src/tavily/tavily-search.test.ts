import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@runnel/protocol/errors'
import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { tavilySearch } from './tavily-search.ts'

const found = readFileSync(join(import.meta.dirname, '__fixtures__/search.json'), 'utf8')

/** The rows, and what was asked for. */
async function searched(inputs: Readonly<Record<string, unknown>>, answer = found) {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return answer
  }
  const run = await runComponent(tavilySearch, { api_key: 'k', query: 'longest rivers', ...inputs }, { http })
  return { seen, asked: JSON.parse(String(seen?.body)), frame: run.dataframe }
}

const nile = {
  text: 'The Nile is about 6,650 km long.',
  title: 'The Nile',
  url: 'https://rivers.test/nile',
  content: 'The Nile is about 6,650 km long.',
  score: 0.91,
}

test('gives the answer, the pages and the images as rows', async () => {
  const { seen, asked, frame } = await searched({})
  expect(seen).toMatchObject({ url: 'https://api.tavily.com/search', method: 'POST', timeoutMs: 90_000 })
  expect(asked).toEqual({
    api_key: 'k',
    query: 'longest rivers',
    search_depth: 'advanced',
    topic: 'general',
    max_results: 5,
    include_images: true,
    include_answer: true,
    include_raw_content: false,
    days: 7,
    time_range: null,
    chunks_per_source: 3,
  })
  expect(frame).toMatchObject({
    rows: [
      { text: 'The Nile and the Amazon are the longest rivers.' },
      nile,
      { title: 'The Amazon' },
      { text: 'Images found', images: ['https://images.test/nile.jpg'] },
    ],
  })
})

test('leaves out what is not asked for, and gives the whole text of pages when it is', async () => {
  const inputs = { include_answer: false, include_images: false, include_raw_content: true }
  const { frame } = await searched(inputs)
  expect(frame).toMatchObject({
    rows: [
      { ...nile, raw_content: 'The Nile is about 6,650 km long. It flows north.' },
      { title: 'The Amazon', raw_content: null },
    ],
  })
})

test('takes domains apart, and asks for pieces of text at the advanced depth alone', async () => {
  const { asked } = await searched({
    search_depth: 'basic',
    include_domains: 'a.test, b.test,',
    exclude_domains: 'c.test',
    time_range: 'week',
  })
  expect(asked).toMatchObject({
    include_domains: ['a.test', 'b.test'],
    exclude_domains: ['c.test'],
    time_range: 'week',
  })
  expect(asked).not.toHaveProperty('chunks_per_source')
})

const timedOut = new AppError('bad_request', ['x'], { cause: new DOMException('late', 'TimeoutError') })
test.each([
  [() => ({ status: 401, body: new TextEncoder().encode('no key') }), 'HTTP error occurred: 401 - no key'],
  [() => '<p>Hi</p>', expect.stringMatching(/^Invalid response format: /)],
  [() => Promise.reject(new AppError('bad_request', ['Lost'])), 'Request error occurred: Lost'],
  [() => Promise.reject(timedOut), 'Request timed out (90s). Please try again or adjust parameters.'],
])('says in a row what went wrong (%#)', async (http, text) => {
  const run = await runComponent(tavilySearch, { api_key: 'k', query: 'x' }, { http })
  expect(run.dataframe).toMatchObject({ rows: [{ text, error: text }] })
})

test('fails when the run is cancelled or the address may not be called', async () => {
  const signal = AbortSignal.abort(new Error('stopped'))
  await expect(runComponent(tavilySearch, { query: 'x' }, { signal })).rejects.toThrow('stopped')
  const http = () => Promise.reject(new AppError('address_refused', ['api.tavily.com']))
  await expect(runComponent(tavilySearch, { query: 'x' }, { http })).rejects.toMatchObject({ code: 'address_refused' })
})
