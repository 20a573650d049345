import { data, type HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { firecrawlExtractApi } from './firecrawl-extract-api.ts'

test('gives what Firecrawl takes from the pages', async () => {
  const seen: unknown[] = []
  const http = (url: string, { body }: HttpRequest) => {
    seen.push(body ? JSON.parse(String(body)) : url)
    return JSON.stringify(body ? { success: true, id: 'e-1' } : { status: 'completed', data: { price: 7 } })
  }
  const inputs = { api_key: 'k', urls: 'https://a.test/*', prompt: 'Price?', schema: data({ type: 'object' }) }
  const run = await runComponent(firecrawlExtractApi, inputs, { http })
  expect(run.data).toMatchObject({ data: { price: 7 } })
  expect(seen).toEqual([
    { urls: ['https://a.test/*'], prompt: 'Price?', enableWebSearch: false, schema: { type: 'object' } },
    'https://api.firecrawl.dev/v1/extract/e-1',
  ])
})

test.each([
  [{ urls: '', prompt: 'x' }, 'No valid URLs provided'],
  [{ urls: 'https://a.test', prompt: ' ' }, 'Prompt is required'],
])('asks for what is missing: %j', async (inputs, why) => {
  await expect(runComponent(firecrawlExtractApi, { api_key: 'k', ...inputs })).rejects.toThrow(why)
})
