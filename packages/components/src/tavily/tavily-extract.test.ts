import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { tavilyExtract } from './tavily-extract.ts'

const inputs = { api_key: 'k', urls: 'https://a.test, https://b.test' }

test('gives the text and the images of each page', async () => {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({
      results: [{ url: 'https://a.test', raw_content: '# A', images: ['https://a.test/a.png'] }],
      failed_results: [{ url: 'https://b.test', error: 'gone' }],
    })
  }
  const run = await runComponent(tavilyExtract, inputs, { http })
  expect(seen).toMatchObject({ url: 'https://api.tavily.com/extract', headers: { Authorization: 'Bearer k' } })
  expect(JSON.parse(String(seen?.body))).toEqual({
    urls: ['https://a.test', 'https://b.test'],
    extract_depth: 'basic',
    include_images: false,
  })
  expect(run.dataframe).toMatchObject([
    { data: { text: '# A', url: 'https://a.test', raw_content: '# A', images: ['https://a.test/a.png'] } },
  ])
  expect(run.data).toEqual(run.dataframe)
  expect(run.text).toMatchObject({ text: '# A' })
})

test.each([
  [{ ...inputs, urls: ' , ' }, 'No valid URLs provided'],
  [inputs, 'HTTP error occurred: 500 - down'],
])('says as data what went wrong with %j', async (given, text) => {
  const http = () => ({ status: 500, body: new TextEncoder().encode('down') })
  const run = await runComponent(tavilyExtract, given, { http })
  expect(run.dataframe).toMatchObject([{ data: { text, error: text } }])
})
