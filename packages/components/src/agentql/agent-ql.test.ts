import type { HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { agentQl } from './agent-ql.ts'

const inputs = { api_key: 'k', url: 'https://shop.test', prompt: 'All prices' }
const status = (code: number, body: unknown) => () => ({
  status: code,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

test('asks AgentQL and gives the data and what it says of them', async () => {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return JSON.stringify({ data: { prices: [7] }, metadata: { request_id: 'r' } })
  }
  const { data } = await runComponent(agentQl, { ...inputs, mode: 'standard', wait_for: 2 }, { http })
  expect(data).toMatchObject({ data: { result: { prices: [7] }, metadata: { request_id: 'r' } } })
  expect(seen).toMatchObject({ url: 'https://api.agentql.com/v1/query-data', headers: { 'X-API-Key': 'k' } })
  expect(JSON.parse(String(seen?.body))).toEqual({
    url: 'https://shop.test',
    query: null,
    prompt: 'All prices',
    params: {
      mode: 'standard',
      wait_for: 2,
      is_scroll_to_bottom_enabled: false,
      is_screenshot_enabled: false,
    },
    metadata: { experimental_stealth_mode_enabled: false },
  })
})

test.each([
  [{ prompt: '' }, 'Either Query or Prompt must be provided.'],
  [{ query: '{ prices[] }' }, "Both Query and Prompt can't be provided at the same time."],
])('takes one of query and prompt: %j', async (given, why) => {
  await expect(runComponent(agentQl, { ...inputs, ...given })).rejects.toThrow(why)
})

test.each([
  [status(401, {}), 'Please, provide a valid API Key.'],
  [status(422, { error_info: 'No such page' }), 'No such page'],
  [status(500, { detail: 'Down' }), 'Down'],
  [status(502, '<p>Bad gateway</p>'), 'HTTP error occurred: 502 - <p>Bad gateway</p>'],
])('says what AgentQL refuses', async (http, why) => {
  await expect(runComponent(agentQl, inputs, { http })).rejects.toThrow(why)
})
