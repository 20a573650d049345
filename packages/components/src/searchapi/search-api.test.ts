import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { searchApi } from './search-api.ts'

const found = readFileSync(join(import.meta.dirname, '__fixtures__/search.json'), 'utf8')
const inputs = { api_key: 'k', input_value: 'big rivers' }

test('gives the first results, with title and snippet cut and the text whole', async () => {
  const asked: [string, HttpRequest][] = []
  const http = (url: string, request: HttpRequest) => {
    asked.push([url, request])
    return found
  }
  const run = await runComponent(searchApi, { ...inputs, max_results: 2, max_snippet_length: 9 }, { http })
  expect(asked).toMatchObject([
    ['https://www.searchapi.io/api/v1/search?engine=google&q=big+rivers', { headers: { Authorization: 'Bearer k' } }],
  ])
  expect(run.dataframe).toMatchObject({
    columns: ['text', 'title', 'link', 'snippet'],
    rows: [
      {
        text: 'This is a list of the longest rivers on Earth, with their lengths and drainage areas.',
        title: 'List of r',
        link: 'https://rivers.test/list',
        snippet: 'This is a',
      },
      { text: '', title: 'Rivers', link: 'https://rivers.test/all', snippet: '' },
    ],
  })
})

test('passes further parameters on', async () => {
  const http = (url: string) => {
    expect(url).toBe('https://www.searchapi.io/api/v1/search?engine=bing&q=lakes&gl=de')
    return '{}'
  }
  const search_params = { gl: 'de', q: 'lakes', none: null }
  const run = await runComponent(searchApi, { ...inputs, engine: 'bing', search_params }, { http })
  expect(run.dataframe).toMatchObject({ rows: [] })
})

test('fails when the service does', async () => {
  const http = () => ({ status: 401, body: new TextEncoder().encode('{"error": "Invalid API key"}') })
  const run = runComponent(searchApi, inputs, { http })
  await expect(run).rejects.toThrow('HTTP error occurred: 401 - {"error": "Invalid API key"}')
})
