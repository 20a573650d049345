import { catalog } from '@runnel/components/catalog'
import { createApiKey, deleteApiKey, listApiKeys, rotateApiKey, updateApiKey } from '@runnel/protocol/api-keys'
import { createFlow } from '@runnel/protocol/flows'
import { createProject } from '@runnel/protocol/projects'
import { flow } from '@runnel/testing/flow-builder'
import { stillTime } from '@runnel/testing/still-time'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow, graphOf } from '../test-flows.ts'
import { published } from '../workflows/test-workflow.ts'

let server: TestApp
let flowId: string
let otherId: string
let projectId: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog, env: { FLOWAI_RATE_LIMIT: '0' } })
  projectId = (await server.client.call(createProject, { body: { name: 'Shop' } })).id
  flowId = await published(server, echoFlow(), { folder_id: projectId, endpoint_name: 'shop' })
  otherId = await published(server, echoFlow(), { endpoint_name: 'other' })
})
afterAll(() => server.close())

const send = (apiKey: string, path: string, method = 'POST', body: unknown = {}, more: object = {}) =>
  server.app.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url: path,
    headers: { 'x-api-key': apiKey },
    ...(method !== 'GET' && { payload: JSON.stringify(body) }),
    ...more,
  })
const keyWith = async (body: object) => server.client.call(createApiKey, { body })
const run = (apiKey: string, id: string, more: object = {}) =>
  send(apiKey, `/api/v1/run/${id}`, 'POST', { input_value: 'hi' }, more)
const callWorkflow = (apiKey: string, id: string) =>
  send(apiKey, `/v1/api/workflow/run/${id}`, 'POST', { input: { a: 'hi' } })

describe('a key', () => {
  test('is shown once, and by its first and last characters afterwards', async () => {
    const made = await keyWith({ name: 'Mine' })
    expect(made.api_key).toMatch(/^sk-.{43}$/)
    const { api_keys } = await server.client.call(listApiKeys, {})
    const listed = api_keys.find(({ id }) => id === made.id)
    expect(listed).toEqual({ ...made, api_key: made.api_key.slice(0, 8).padEnd(46, '*') })
    expect(listed).toMatchObject({
      last_four: made.api_key.slice(-4),
      access: 'manage',
      flow_ids: null,
      rate_limit: null,
    })
  })

  test('gets a new secret, with which the old one ends', async () => {
    const made = await keyWith({ name: 'Rotated', access: 'run' })
    const rotated = await server.client.call(rotateApiKey, { params: { api_key_id: made.id } })
    expect(rotated).toMatchObject({ id: made.id, name: 'Rotated', access: 'run' })
    expect((await run(made.api_key, flowId)).statusCode).toBe(403)
    expect((await run(rotated.api_key, flowId)).statusCode).toBe(200)
  })

  test('is switched off, ends at its time, and comes back', async () => {
    const made = await keyWith({})
    const change = (body: object) => server.client.call(updateApiKey, { params: { api_key_id: made.id }, body })
    const status = async () => (await run(made.api_key, flowId)).statusCode
    await change({ is_active: false })
    expect(await status()).toBe(403)
    await change({ is_active: true, expires_at: new Date(server.clock.now() + 60_000).toISOString() })
    expect(await status()).toBe(200)
    server.clock.advance(60_001)
    expect(await status()).toBe(403)
    expect(await change({ expires_at: null, name: 'Back' })).toMatchObject({ expires_at: null, name: 'Back' })
    expect(await status()).toBe(200)
  })

  test('of somebody else is neither changed nor rotated', async () => {
    const eve = await server.person('eve')
    const { id } = await keyWith({})
    const params = { api_key_id: id }
    await expect(eve.client.call(updateApiKey, { params, body: { name: 'Eve' } })).rejects.toMatchObject({
      status: 400,
    })
    await expect(eve.client.call(rotateApiKey, { params })).rejects.toMatchObject({ status: 400 })
    await expect(eve.client.call(deleteApiKey, { params })).rejects.toMatchObject({ status: 400 })
    await expect(eve.client.call(createApiKey, { body: { flow_ids: [flowId] } })).rejects.toMatchObject({ status: 422 })
    await expect(eve.client.call(createApiKey, { body: { project_ids: [projectId] } })).rejects.toMatchObject({
      status: 422,
    })
  })

  test('counts when it was used last', async () => {
    const made = await keyWith({})
    await run(made.api_key, flowId)
    await server.storage.runs.record({ messages: [], steps: [] })
    const { api_keys } = await server.client.call(listApiKeys, {})
    expect(api_keys.find(({ id }) => id === made.id)).toMatchObject({ total_uses: 1, last_used_at: expect.any(String) })
  })
})

describe('a key that may only run flows', () => {
  test('runs them in every way', async () => {
    const { api_key } = await keyWith({ access: 'run' })
    expect((await run(api_key, flowId)).statusCode).toBe(200)
    expect((await callWorkflow(api_key, flowId)).statusCode).toBe(200)
    const hook = await send(api_key, `/api/v1/webhook/${flowId}`, 'POST', { a: 1 })
    expect(hook.statusCode).toBe(202)
    expect((await send(api_key, `/api/v1/task/${hook.json().task_id}`, 'GET')).statusCode).toBe(200)
    expect((await send(api_key, `/v1/api/workflow/${flowId}/openapi.json`, 'GET')).statusCode).toBe(200)
  })

  test('is refused by every endpoint that does more', async () => {
    const { api_key } = await keyWith({ access: 'run' })
    const others = server.app.http.endpoints.filter(({ access, keyScope }) => access !== 'none' && keyScope !== 'run')
    expect(others.length).toBeGreaterThan(100)
    for (const { path, method } of others) {
      const answer = await send(api_key, path.replace(/:\w+/g, flowId), method)
      expect([method, path, answer.statusCode, answer.headers['x-error-code']]).toEqual([
        method,
        path,
        403,
        'key_scope',
      ])
    }
  })
})

describe('a key for some flows', () => {
  test.each([
    ['flow_ids', () => ({ flow_ids: [flowId] })],
    ['project_ids', () => ({ project_ids: [projectId] })],
  ])('named by %s reaches those alone, by id and by name', async (_, limits) => {
    const { api_key } = await keyWith(limits())
    for (const id of [flowId, 'shop', flowId.toUpperCase()]) expect((await run(api_key, id)).statusCode).toBe(200)
    for (const id of [otherId, 'other', 'none']) {
      expect((await run(api_key, id)).headers['x-error-code']).toBe('key_scope')
      expect((await callWorkflow(api_key, id)).json().error.code).toBe('workflow_not_found')
      expect((await send(api_key, `/api/v1/webhook/${id}`)).statusCode).toBe(403)
    }
    expect((await callWorkflow(api_key, flowId)).statusCode).toBe(200)
    expect((await send(api_key, `/api/v1/flows/${flowId}`, 'GET')).statusCode).toBe(200)
    expect((await send(api_key, `/api/v1/flows/${otherId}`, 'GET')).statusCode).toBe(403)
  })

  test('is refused by every endpoint that names no flow or project', async () => {
    const { api_key } = await keyWith({ flow_ids: [flowId], project_ids: [projectId] })
    const names = /:(flow_id|flow_id_or_name|workflow_id|project_id|folder_id)\b/
    // What OpenAI's clients call names its flow in the body.
    const isOther = (access: string, path: string) => access !== 'none' && access !== 'openai' && !names.test(path)
    const others = server.app.http.endpoints.filter(({ access, path }) => isOther(access, path))
    expect(others.length).toBeGreaterThan(60)
    for (const { path, method } of others) {
      const answer = await send(api_key, path.replace(/:\w+/g, flowId), method)
      expect([method, path, answer.statusCode]).toEqual([method, path, 403])
    }
  })

  test('reads its project but puts nothing into it', async () => {
    const { api_key } = await keyWith({ project_ids: [projectId] })
    expect((await send(api_key, `/api/v1/projects/${projectId}`, 'GET')).statusCode).toBe(200)
    const grab = await send(api_key, `/api/v1/projects/${projectId}`, 'PATCH', { flows: [otherId] })
    expect([grab.statusCode, (await run(api_key, otherId)).statusCode]).toEqual([403, 403])
  })

  test('names no other flow by a tweak', async () => {
    const { api_key } = await keyWith({ flow_ids: [flowId] })
    const ask = { component: component('ChatInput'), set: { flow_name_selected: '' } }
    const data = graphOf(flow({ ask, say: component('ChatOutput') }, ['ask.message -> say.input_value']))
    const asking = await server.client.call(createFlow, { body: { name: 'Asking', data } })
    const key = await keyWith({ flow_ids: [asking.id] })
    const tweaked = await send(key.api_key, `/api/v1/run/${asking.id}`, 'POST', {
      input_value: 'hi',
      tweaks: { flow_name_selected: 'other' },
    })
    expect([tweaked.statusCode, tweaked.headers['x-error-code']]).toEqual([403, 'key_scope'])
    expect((await run(api_key, flowId)).statusCode).toBe(200)
  })

  test('is widened and limited again', async () => {
    const { id, api_key } = await keyWith({ flow_ids: [flowId], access: 'run' })
    const change = (body: object) => server.client.call(updateApiKey, { params: { api_key_id: id }, body })
    expect(await change({ flow_ids: null })).toMatchObject({ flow_ids: null, access: 'run' })
    expect((await run(api_key, otherId)).statusCode).toBe(200)
    expect(await change({ flow_ids: [otherId] })).toMatchObject({ flow_ids: [otherId], access: 'run' })
    expect((await run(api_key, flowId)).statusCode).toBe(403)
    await expect(change({ flow_ids: [] })).rejects.toMatchObject({ status: 422 })
  })
})

describe('a key for some addresses', () => {
  test.each([
    ['127.0.0.1', 200],
    ['127.0.0.0/8', 200],
    ['10.0.0.0/8', 403],
    ['::1', 403],
  ])('%s, called from this machine, is answered %i', async (address, status) => {
    const { api_key } = await keyWith({ addresses: [address] })
    expect((await run(api_key, flowId)).statusCode).toBe(status)
    expect((await callWorkflow(api_key, flowId)).statusCode).toBe(status === 200 ? 200 : 401)
  })

  test('is not fooled by what a caller says of itself, and takes IPv4 in IPv6 for what it is', async () => {
    const { api_key } = await keyWith({ addresses: ['10.0.0.0/8'] })
    const forwarded = { headers: { 'x-api-key': api_key, 'x-forwarded-for': '10.0.0.1' } }
    expect((await run(api_key, flowId, forwarded)).statusCode).toBe(403)
    expect((await run(api_key, flowId, { remoteAddress: '::ffff:10.1.2.3' })).statusCode).toBe(200)
  })

  test.each(['nonsense', '10.0.0.0/33', '10.0.0.0/8/8', 'example.com'])('is not made for %s', async (address) => {
    await expect(keyWith({ addresses: [address] })).rejects.toMatchObject({ status: 422 })
  })
})

test('a key with limits does not get out of them', async () => {
  const { id, api_key } = await keyWith({ addresses: ['127.0.0.1'] })
  const tries = [
    ['/api/v1/api_key/', 'POST', { name: 'free' }],
    [`/api/v1/api_key/${id}`, 'PATCH', { addresses: null }],
    [`/api/v1/api_key/${id}/rotate`, 'POST', {}],
  ] as const
  for (const [path, method, body] of tries) expect((await send(api_key, path, method, body)).statusCode).toBe(403)
  expect((await send(api_key, '/api/v1/api_key/', 'GET')).statusCode).toBe(200)
})

test('a key has a rate limit of its own', async () => {
  using _ = stillTime()
  const { api_key } = await keyWith({ rate_limit: 1 })
  expect((await callWorkflow(api_key, flowId)).statusCode).toBe(200)
  const over = await callWorkflow(api_key, flowId)
  expect([over.statusCode, over.headers['retry-after']]).toEqual([429, '1'])
})
