import type { HttpRequest, Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { exaSearch } from './exa-search.ts'

test('gives tools that ask Exa', async () => {
  const seen: unknown[] = []
  const http = (url: string, { headers, body }: HttpRequest) => {
    seen.push([url, headers?.['x-api-key'], JSON.parse(String(body))])
    return JSON.stringify({ results: [{ id: 'p1', title: 'The Nile' }] })
  }
  const run = await runComponent(exaSearch, { metaphor_api_key: 'k', similar_num_results: 2 }, { http })
  const tools = run.tools as readonly Tool[] // the declared type of the output
  const { signal } = new AbortController()
  const arguments_ = [{ query: 'rivers' }, { ids: ['p1'] }, { url: 'https://a.test' }]
  const given = await Promise.all(tools.map(({ call }, index) => call(arguments_[index] ?? {}, signal)))
  expect(tools.map(({ name }) => name)).toEqual(['search', 'get_contents', 'find_similar'])
  expect(given).toEqual(Array(3).fill([{ id: 'p1', title: 'The Nile' }]))
  expect(seen).toEqual([
    ['https://api.exa.ai/search', 'k', { query: 'rivers', useAutoprompt: true, numResults: 5 }],
    ['https://api.exa.ai/contents', 'k', { ids: ['p1'], text: true }],
    ['https://api.exa.ai/findSimilar', 'k', { url: 'https://a.test', numResults: 2 }],
  ])
})
