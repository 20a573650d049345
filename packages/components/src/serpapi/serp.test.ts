import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { serp } from './serp.ts'

const inputs = { serpapi_api_key: 'k', input_value: 'big rivers' }
const found = JSON.stringify({
  organic_results: [
    { position: 1, title: 'The Nile', link: 'https://rivers.test/nile', snippet: 'A long river.' },
    { position: 2, title: 'The Amazon', link: 'https://rivers.test/amazon', snippet: 'A wide river.' },
  ],
})

test('asks once for both outputs: the results, and their snippets line by line', async () => {
  const asked: string[] = []
  const http = (url: string) => {
    asked.push(url)
    return found
  }
  const run = await runComponent(serp, { ...inputs, max_snippet_length: 6, search_params: { gl: 'de' } }, { http })
  expect(asked).toEqual([
    'https://serpapi.com/search.json?engine=google&google_domain=google.com&gl=de&hl=en&q=big+rivers&api_key=k',
  ])
  expect(run.data).toMatchObject([
    { data: { text: 'A long river.', title: 'The Ni', link: 'https://rivers.test/nile', snippet: 'A long' } },
    { data: { title: 'The Am' } },
  ])
  expect(run.text).toMatchObject({ text: 'A long river.\nA wide river.' })
})

test.each([
  [() => '{"error": "Invalid API key."}', 'Error in SerpAPI search: Invalid API key.'],
  [() => ({ status: 429 }), 'Error in SerpAPI search: HTTP error occurred: 429 - '],
])('fails with what the service says (%#)', async (http, text) => {
  await expect(runComponent(serp, inputs, { http })).rejects.toThrow(text)
})
