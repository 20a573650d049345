import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { chatChunk } from '@runnel/testing/chat-stream'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { echoFlow, modelFlow } from '../test-flows.ts'
import { type BuildCalls, buildCalls, outline, recordsOf } from './test-build.ts'

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

describe('the events of a build', () => {
  test('are all given at its end when they shall not be streamed', async () => {
    const job = await ada.job(await ada.store(echoFlow()), { inputs: { input_value: 'x' } })
    const answer = await ada.events(job, '?stream=false')
    expect(answer.headers['content-type']).toBe('application/x-ndjson')
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length)
    expect(answer.body).toBe((await ada.events(job)).body)
  })

  test('are polled in portions, one JSON object on each line that is not blank', async () => {
    const job = await ada.job(await ada.store(echoFlow()), { inputs: { input_value: 'x' } })
    let text = ''
    while (!text.includes('"end"')) {
      const portion = await ada.events(job, '?event_delivery=polling&stream=false')
      expect(portion.headers['content-type']).toBe('application/x-ndjson')
      expect(portion.headers['content-length']).toBeDefined()
      text += portion.body
    }
    expect(outline(recordsOf(text))).toEqual(outline(recordsOf((await ada.events(job)).body)))
    expect((await ada.events(job, '?event_delivery=polling')).body).toBe('{"event": "end", "data": {}}\n\n')
  })

  test('are polled from the first again by whoever asks for that', async () => {
    const job = await ada.job(await ada.store(echoFlow()), { inputs: { input_value: 'x' } })
    const all = (await ada.events(job)).body
    await ada.events(job, '?event_delivery=polling')
    const again = await ada.events(job, '?event_delivery=polling&from_start=true')
    expect(outline(recordsOf(again.body))).toEqual(outline(recordsOf(all)))
  })

  test('can be read by several readers at the same time, and again later', async () => {
    const job = await ada.job(await ada.store(echoFlow()), { inputs: { input_value: 'x' } })
    const [one, two] = await Promise.all([ada.events(job), ada.events(job, '?event_delivery=streaming')])
    expect(one.body).toBe(two.body)
    expect((await ada.events(job)).body).toBe(one.body)
  })

  test('are not found under an unknown id, nor by another user', async () => {
    const eve = await server.person('eve')
    const job = await ada.job(await ada.store(echoFlow()))
    for (const [calls, id] of [
      [ada, newId()],
      [ada, 'no-id'],
      [buildCalls(server, { 'x-api-key': eve.apiKey }), job],
    ] as const) {
      for (const answer of [await calls.events(id), await calls.events(id, '?stream=false'), await calls.cancel(id)]) {
        expect(answer.statusCode).toBe(404)
        expect(answer.json()).toEqual({ detail: `Job not found: Job queue not found for job_id: ${id}` })
      }
    }
    expect(outline(recordsOf((await ada.events(job)).body)).at(-1)).toBe('end')
  })

  test('are forgotten an hour after the end', async () => {
    const job = await ada.job(await ada.store(echoFlow()))
    await ada.events(job)
    server.clock.advance(3_601_000)
    expect((await ada.events(job)).statusCode).toBe(404)
  })
})

describe('cancelling', () => {
  test('ends the build, keeps what was said and closes the connection to the model', async () => {
    await using upstream = await providerServer(replyHanging(chatChunk({ content: 'So far' })))
    const id = await ada.store(modelFlow(upstream.url, { stream: true }))
    const job = await ada.job(id, { inputs: { input_value: 'tell' } })
    const reading = ada.events(job)
    let polled = ''
    while (!polled.includes('So far')) polled += (await ada.events(job, '?event_delivery=polling')).body
    const answer = await ada.cancel(job)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ success: true, message: 'Flow build cancelled successfully' })
    await upstream.requests[0]?.closed
    const records = recordsOf((await reading).body)
    expect(outline(records)).toEqual([
      'vertices_sorted',
      'build_start',
      'add_message',
      'built ChatInput-ask',
      'add_message',
      'token',
      'end',
    ])
    expect(records.at(-1)?.data).toEqual({ cancelled: true })
    // Readers are let go after a second, written or not.
    const status = async () => (await server.storage.runs.get(server.user.id, job))?.status
    await expect.poll(status).toBe('cancelled')
    const kept = await server.storage.messages.find({ userId: server.user.id, flowId: id })
    expect(kept.map(({ text }) => text)).toEqual(['tell', 'So far'])
  })

  test('succeeds when the build has ended', async () => {
    const job = await ada.job(await ada.store(echoFlow()))
    const before = (await ada.events(job)).body
    expect((await ada.cancel(job)).json()).toMatchObject({ success: true })
    expect((await ada.events(job)).body).toBe(before)
  })
})

test('ten megabytes of input are built, however late the events are read', async () => {
  const text = 'x'.repeat(10 * 1024 * 1024)
  const id = await ada.store(echoFlow())
  const job = await ada.job(id, { inputs: { input_value: text } })
  await server.lifecycle.idle()
  const records = recordsOf((await ada.events(job)).body)
  expect(outline(records)[0]).toBe('vertices_sorted')
  expect(records[2]?.data.text === text).toBe(true)
})
