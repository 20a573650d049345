import type { HttpRequest, Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { bingSearchApi } from './bing-search-api.ts'

const pages = [
  { name: 'The Nile', url: 'https://rivers.test/nile', snippet: 'A river.' },
  { name: 'The Po', url: 'https://rivers.test/po', snippet: 'Another.' },
]
const nile = { text: 'A river.', title: 'The Nile', link: 'https://rivers.test/nile', snippet: 'A river.' }

test('gives the pages Bing lists', async () => {
  let seen: object | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ webPages: { value: pages } })
  }
  const inputs = { bing_subscription_key: 'k', input_value: 'rivers', k: 1 }
  const run = await runComponent(bingSearchApi, inputs, { http })
  expect(run.dataframe).toMatchObject({ rows: [nile] })
  expect(seen).toMatchObject({
    url: 'https://api.bing.microsoft.com/v7.0/search?q=rivers&count=1',
    headers: { 'Ocp-Apim-Subscription-Key': 'k' },
  })
  const tool = run.tool as Tool // the declared type of the output
  expect(await tool.call({ query: 'lakes' }, new AbortController().signal)).toEqual([nile])
  expect(seen).toMatchObject({ url: expect.stringContaining('q=lakes') })
})

test('asks a service of another address', async () => {
  const seen: string[] = []
  const http = (url: string) => {
    seen.push(url)
    return '{}'
  }
  const inputs = { input_value: 'x', bing_search_url: 'https://search.test/v7?mkt=de-DE' }
  expect(await runComponent(bingSearchApi, inputs, { http })).toMatchObject({ dataframe: { rows: [] } })
  expect(seen).toEqual(['https://search.test/v7?mkt=de-DE&q=x&count=4'])
})
