import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleSearchApi } from './google-search-api.ts'

const inputs = { google_api_key: 'k', google_cse_id: 'engine', input_value: 'big rivers' }
const found = JSON.stringify({
  kind: 'customsearch#search',
  items: [{ kind: 'customsearch#result', title: 'The Nile', link: 'https://rivers.test/', snippet: 'A long river.' }],
})

test('gives the results as rows, and no more than may be asked for', async () => {
  const asked: [string, HttpRequest][] = []
  const http = (url: string, request: HttpRequest) => {
    asked.push([url, request])
    return found
  }
  const run = await runComponent(googleSearchApi, { ...inputs, k: 50 }, { http })
  expect(asked).toMatchObject([
    [
      'https://www.googleapis.com/customsearch/v1?q=big+rivers&cx=engine&num=10',
      { headers: { 'X-Goog-Api-Key': 'k' } },
    ],
  ])
  expect(run.results).toMatchObject({
    rows: [{ title: 'The Nile', link: 'https://rivers.test/', snippet: 'A long river.' }],
  })
})

test.each([
  [{ google_api_key: '' }, 'Invalid Google API Key'],
  [{ google_cse_id: '' }, 'Invalid Google CSE ID'],
  [{}, 'HTTP error occurred: 403 - denied'],
])('says in a row what went wrong with %j', async (given, error) => {
  const http = () => ({ status: 403, body: new TextEncoder().encode('denied') })
  const run = await runComponent(googleSearchApi, { ...inputs, ...given }, { http })
  expect(run.results).toMatchObject({ columns: ['error'], rows: [{ error }] })
})
