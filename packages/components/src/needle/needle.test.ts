import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { needle } from './needle.ts'

const inputs = { needle_api_key: 'k', collection_id: 'clt 1', query: 'Which rivers?', top_k: 3 }

test('gives the question and the passages that fit it', async () => {
  let seen: object | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({
      result: [
        { id: 'a', content: 'The Nile.' },
        { id: 'b', content: 'The Amazon.' },
      ],
    })
  }
  const { result } = await runComponent(needle, inputs, { http })
  expect(result).toMatchObject({
    text: 'Question: Which rivers?\n\nContext:\nDocument 1:\nThe Nile.\n\nDocument 2:\nThe Amazon.',
  })
  expect(seen).toMatchObject({
    url: 'https://search.needle.app/api/v1/collections/clt%201/search',
    headers: { 'x-api-key': 'k' },
    body: '{"text":"Which rivers?","top_k":20}',
  })
})

test('says that nothing fits', async () => {
  const { result } = await runComponent(needle, inputs, { http: () => '{"result":[]}' })
  expect(result).toMatchObject({ text: 'No relevant documents found for the query.' })
})

test.each([
  [{ needle_api_key: '' }, 'The Needle API key cannot be empty.'],
  [{ collection_id: ' ' }, 'The Collection ID cannot be empty.'],
  [{ query: '' }, 'The query cannot be empty.'],
])('asks for what is missing: %j', async (given, why) => {
  await expect(runComponent(needle, { ...inputs, ...given })).rejects.toThrow(why)
})

test('says what Needle refuses', async () => {
  const http = () => ({ status: 403, body: new TextEncoder().encode('forbidden') })
  await expect(runComponent(needle, inputs, { http })).rejects.toThrow(
    'Error processing query: HTTP error occurred: 403 - forbidden',
  )
})
