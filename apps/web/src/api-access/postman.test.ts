import { expect, test } from 'vitest'
import { postmanCollection } from './postman.ts'

test('the calls of a flow are a collection without a key in it', () => {
  const url = 'http://localhost:7860/api/v1/run/desk?stream=false'
  const request = { url, body: { input_value: '你好' }, needsKey: true }
  expect(JSON.parse(postmanCollection('Desk', [{ name: 'Run', request }]))).toEqual({
    info: { name: 'Desk', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [{ key: 'apiKey', value: '', type: 'string' }],
    item: [
      {
        name: 'Run',
        request: {
          method: 'POST',
          header: [
            { key: 'Content-Type', value: 'application/json' },
            { key: 'x-api-key', value: '{{apiKey}}' },
          ],
          url: {
            raw: url,
            protocol: 'http',
            host: ['localhost'],
            port: '7860',
            path: ['api', 'v1', 'run', 'desk'],
            query: [{ key: 'stream', value: 'false' }],
          },
          body: { mode: 'raw', raw: '{\n  "input_value": "你好"\n}', options: { raw: { language: 'json' } } },
        },
      },
    ],
  })
})
