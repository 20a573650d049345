import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleSerperApi } from './google-serper-api.ts'

const inputs = { serper_api_key: 'k', input_value: 'big rivers' }
const result = (title: string) => ({ title, link: `https://rivers.test/${title}`, snippet: 'A river.', position: 1 })

test('gives the first results as rows', async () => {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ searchParameters: {}, organic: [result('nile'), result('amazon')] })
  }
  const run = await runComponent(googleSerperApi, { ...inputs, k: 1 }, { http })
  expect(seen).toMatchObject({
    url: 'https://google.serper.dev/search',
    method: 'POST',
    headers: { 'X-API-KEY': 'k' },
    body: '{"q":"big rivers","num":1,"gl":"us","hl":"en"}',
  })
  expect(run.results).toMatchObject({
    rows: [{ title: 'nile', link: 'https://rivers.test/nile', snippet: 'A river.' }],
  })
})

test('fails when the service does', async () => {
  const run = runComponent(googleSerperApi, inputs, { http: () => ({ status: 403 }) })
  await expect(run).rejects.toThrow('HTTP error occurred: 403')
})
