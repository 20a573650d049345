import { catalog } from '@runnel/components/catalog'
import { chatChunk } from '@runnel/testing/chat-stream'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { modelFlow } from '../test-flows.ts'
import { type BuildCalls, buildCalls, outline, recordsOf } from './test-build.ts'

let server: TestApp
let ada: BuildCalls
let base: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog, env: { RUNNEL_BUILD_GRACE: '0' } })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
  base = await server.listen()
})
afterAll(() => server.close())

const soFar = chatChunk({ content: 'So far' })
const hangingFlow = (url: string) => ada.store(modelFlow(url, { stream: true }))

/** Reads until a text has come, and leaves on demand. */
async function listen(path: string, init: RequestInit = {}) {
  const leave = new AbortController()
  const answer = await fetch(`${base}${path}`, {
    ...init,
    headers: { 'x-api-key': server.apiKey },
    signal: leave.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    headers: answer.headers,
    async until(wanted: string): Promise<string> {
      while (!text.includes(wanted)) {
        const { done, value } = (await reader?.read()) ?? { done: true }
        if (done) break
        text += value
      }
      return text
    },
    leave: () => leave.abort(),
  }
}

const runStatus = async (id: string) =>
  (await server.storage.runs.list({ userId: server.user.id, flowId: id }))[0]?.status

test('leaving a build that is delivered directly cancels it', async () => {
  await using upstream = await providerServer(replyHanging(soFar))
  const id = await hangingFlow(upstream.url)
  const reader = await listen(`/api/v1/build/${id}/flow?event_delivery=direct`, {
    method: 'POST',
    body: '{"inputs":{"input_value":"hi"}}',
  })
  await reader.until('So far')
  reader.leave()
  await upstream.requests[0]?.closed
  await expect.poll(() => runStatus(id)).toBe('cancelled')
  const again = recordsOf((await ada.events(reader.headers.get('x-langflow-job-id') ?? '')).body)
  expect(again.at(-1)).toEqual({ event: 'end', data: { cancelled: true } })
})

test('leaving streamed events cancels the build only when nobody else reads them', async () => {
  await using upstream = await providerServer(replyHanging(soFar))
  const id = await hangingFlow(upstream.url)
  const job = await ada.job(id, { inputs: { input_value: 'hi' } })
  const first = await listen(`/api/v1/build/${job}/events`)
  await first.until('So far')
  const second = await listen(`/api/v1/build/${job}/events`)
  await second.until('So far')
  first.leave()
  const third = await listen(`/api/v1/build/${job}/events`)
  await third.until('So far')
  second.leave()
  expect(await runStatus(id)).not.toBe('cancelled')
  third.leave()
  await upstream.requests[0]?.closed
  await expect.poll(() => runStatus(id)).toBe('cancelled')
})

test('a build goes on without pollers', async () => {
  await using upstream = await providerServer(replyHanging(soFar))
  const id = await hangingFlow(upstream.url)
  const job = await ada.job(id, { inputs: { input_value: 'hi' } })
  for (let text = ''; !text.includes('So far'); ) text += (await ada.events(job, '?event_delivery=polling')).body
  const leave = new AbortController()
  const poll = fetch(`${base}/api/v1/build/${job}/events?event_delivery=polling`, {
    headers: { 'x-api-key': server.apiKey },
    signal: leave.signal,
  })
  leave.abort()
  await expect(poll).rejects.toThrow()
  const reader = await listen(`/api/v1/build/${job}/events`)
  expect(await reader.until('So far')).toContain('vertices_sorted')
  await ada.cancel(job)
  expect(outline(recordsOf(await reader.until('never'))).at(-1)).toBe('end')
})
