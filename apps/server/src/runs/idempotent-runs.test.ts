import { newId } from '@runnel/protocol/id'
import { aRun } from '@runnel/storage/test-records'
import { type ProviderReply, providerServer, reply } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import type { TestApp } from '../test-app.ts'
import { echoFlow } from '../test-flows.ts'
import { published, titledModelFlow, workflowServer } from '../workflows/test-workflow.ts'
import { createIdempotency } from './idempotency.ts'
import { createIdempotentRuns } from './idempotent-runs.ts'

let server: TestApp & { readonly base: string }
beforeAll(async () => {
  server = await workflowServer()
})
afterAll(() => server.close())

const says = (content: string): ProviderReply =>
  reply({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }] })
const run = (path: string, body: object, key: string) =>
  fetch(`${server.base}/api/v1/run/${path}`, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey, 'idempotency-key': key },
    body: JSON.stringify(body),
  })
const runsOf = (flowId: string) => server.storage.runs.list({ userId: server.user.id, flowId })

describe('an idempotency key', () => {
  test.each(['', '?stream=true', 'advanced'])('gives one run and its answer again (%s)', async (how) => {
    const id = await published(server, echoFlow())
    const isAdvanced = how === 'advanced'
    const path = isAdvanced ? `advanced/${id}` : `${id}${how}`
    const body = isAdvanced ? { inputs: [{ input_value: 'one' }, { input_value: 'two' }] } : { input_value: 'hello' }
    const key = newId()
    const all = await Promise.all(Array.from({ length: 10 }, () => run(path, body, key)))
    const texts = await Promise.all(all.map((response) => response.text()))
    const later = await run(path, body, key)
    expect(new Set([...texts, await later.text()]).size).toBe(1)
    expect(all.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
    expect([later.headers.get('idempotent-replayed'), later.headers.get('content-type')]).toEqual([
      'true',
      all[0]?.headers.get('content-type'),
    ])
    expect(await runsOf(id)).toHaveLength(isAdvanced ? 2 : 1)
    expect((await run(path, { ...body, session_id: 'other' }, key)).status).toBe(409)
    if (!isAdvanced) expect((await run(how === '' ? `${id}?stream=true` : id, body, key)).status).toBe(409)
  })

  test('gives a failure again, without another attempt', async () => {
    await using provider = await providerServer(reply({ error: { message: 'no' } }, { status: 400 }), says('late'))
    const id = await published(server, titledModelFlow(provider.url))
    const key = newId()
    const [first, second] = [await run(id, { input_value: 'a' }, key), await run(id, { input_value: 'a' }, key)]
    expect([first.status, second.status, provider.requests.length]).toEqual([500, 500, 1])
    const text = await second.text()
    expect(text).toBe(await first.text())
    expect(JSON.parse(JSON.parse(text).detail)).toMatchObject({ code: 'model_error' })
  })

  test('is of one user, one flow and one way to call it, and is forgotten after a day', async () => {
    const bob = await server.person(`bob ${newId()}`)
    const [mine, other, his] = [
      await published(server, echoFlow()),
      await published(server, echoFlow()),
      await published(bob, echoFlow()),
    ]
    const key = newId()
    const asBob = () =>
      fetch(`${server.base}/api/v1/run/${his}`, {
        method: 'POST',
        headers: { 'x-api-key': bob.apiKey, 'idempotency-key': key },
        body: '{"input_value":"3"}',
      })
    const statuses = [
      (await run(mine, { input_value: '1' }, key)).status,
      (await run(other, { input_value: '2' }, key)).status,
      (await asBob()).status,
      (await run(mine, { input_value: '4' }, key)).status,
    ]
    expect(statuses).toEqual([200, 200, 200, 409])
    server.clock.advance(86_400_001)
    expect((await run(mine, { input_value: '4' }, key)).status).toBe(200)
  })

  test.each([
    ['', 422],
    ['k'.repeat(256), 422],
    ['k'.repeat(255), 200],
  ])('%s is answered %i', async (key, status) => {
    const id = await published(server, echoFlow())
    expect((await run(id, { input_value: 'a' }, key)).status).toBe(status)
  })
})

describe('a run that was cut off with its process', () => {
  const begin = async (status: 'failed' | 'running') => {
    const { storage, user, lifecycle } = server
    const keyed = { kind: 'run', key: newId(), userId: user.id, flowId: newId(), body: Buffer.from('x') } as const
    const runId = newId()
    await storage.idempotency.claim(createIdempotency({ storage, now: Date.now }).requestOf(keyed, runId))
    const ended = { endedAt: 1, error: 'interrupted', errorCode: 'interrupted' }
    const run = aRun(user.id, keyed.flowId, { id: runId, status, ...ended })
    await storage.runs.record({ run, messages: [], steps: [] })
    const runs = createIdempotentRuns({ storage, lifecycle, log: createLog('ERROR', () => {}), now: Date.now })
    return runs.answer(keyed, newId(), {
      begin: () => Promise.reject(new Error('It must not begin again')),
      failed: (error) => ({ status: 500, contentType: 'text/plain', records: [String((error as Error).message)] }),
    })
  }

  test('is told as interrupted once that is known, and never begun again', async () => {
    expect(await begin('failed')).toEqual({
      answer: { status: 500, contentType: 'text/plain', records: ['The run was interrupted.'] },
      isReplayed: true,
    })
  })

  test('is in progress until then', async () => {
    await expect(begin('running')).rejects.toMatchObject({ code: 'idempotent_run_in_progress', retryAfterSeconds: 1 })
  })
})
