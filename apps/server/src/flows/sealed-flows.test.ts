import { newId } from '@runnel/protocol/id'
import type { FlowRecord } from '@runnel/storage/records'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { createGraphSeal } from './graph-seal.ts'
import { sealStoredFlows } from './seal-stored-flows.ts'

const SECRET = 'sk-typed-into-a-field'
const graphOf = (value: unknown = SECRET) => ({
  nodes: [
    { id: 'n', data: { type: 'X', node: { template: { pass_phrase: { type: 'str', password: true, value } } } } },
  ],
  edges: [],
})

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
})
afterAll(() => server.close())

const call = (method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, body?: unknown) =>
  server.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-api-key': server.apiKey },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  })
const add = async (more = {}) => {
  const answer = await call('POST', '/flows/', { name: `flow ${newId()}`, data: graphOf(), ...more })
  expect(answer.statusCode).toBe(201)
  return answer.json()
}
/** What the database holds of everything graphs are kept in. */
async function stored(): Promise<string> {
  const all = { after: '', limit: 10_000 }
  const { graphTexts } = server.storage
  return JSON.stringify([await graphTexts.list('flow', all), await graphTexts.list('flow_version', all)])
}

describe('a secret typed into a field', () => {
  test('is given to its owner and stored encrypted, whichever way the flow is saved', async () => {
    const flow = await add()
    expect(flow.data).toEqual(graphOf())
    expect((await call('GET', `/flows/${flow.id}`)).json().data).toEqual(graphOf())
    expect((await call('PATCH', `/flows/${flow.id}`, { data: graphOf() })).json().data).toEqual(graphOf())
    expect((await call('PUT', `/flows/${newId()}`, { name: `flow ${newId()}`, data: graphOf() })).statusCode).toBe(201)
    expect(
      (await call('POST', '/flows/batch/', { flows: [{ name: `flow ${newId()}`, data: graphOf() }] })).statusCode,
    ).toBe(201)
    expect((await call('POST', `/flows/${flow.id}/versions/`, {})).statusCode).toBe(201)
    expect(await stored()).not.toContain(SECRET)
    const listed = (await call('GET', '/flows/?get_all=true')).json()
    expect(listed.every(({ data }: { data: unknown }) => JSON.stringify(data) === JSON.stringify(graphOf()))).toBe(true)
  })

  test('leaves the version token as it is, and comes back with an earlier version', async () => {
    const flow = await add()
    const again = (await call('PATCH', `/flows/${flow.id}`, { data: graphOf() })).json()
    expect(again.version_token).toBe(flow.version_token)
    const version = (await call('POST', `/flows/${flow.id}/versions/`, {})).json()
    await call('PATCH', `/flows/${flow.id}`, { data: graphOf('another') })
    const back = await call('POST', `/flows/${flow.id}/versions/${version.id}/activate`)
    expect(back.json().data).toEqual(graphOf())
  })

  test('is not in an export, in a version that is shown or in a public flow', async () => {
    const flow = await add({ access_type: 'PUBLIC' })
    const version = (await call('POST', `/flows/${flow.id}/versions/`, {})).json()
    const answers = [
      await call('POST', '/flows/download/', [flow.id]),
      await call('GET', `/flows/${flow.id}/versions/${version.id}`),
    ]
    for (const { statusCode, body } of answers) {
      expect(statusCode).toBe(200)
      expect(body).toContain('pass_phrase')
      expect(body).not.toMatch(/sk-typed|sealed:/)
    }
    const visited = await call('GET', `/flows/public_flow/${flow.id}`)
    expect(visited.statusCode).toBe(200)
    expect(visited.body).not.toMatch(/sk-typed|sealed:|pass_phrase/)
  })
})

test('flows that an earlier release stored are sealed once, and stay the flows they were', async () => {
  const { storage, user } = server
  const before = await storage.flows.list(user.id)
  const [model] = before
  if (!model) throw new Error('There is no flow')
  const old: FlowRecord = {
    ...model,
    id: newId(),
    name: 'old',
    data: JSON.stringify(graphOf()),
    version: 7,
    updatedAt: 5,
  }
  await storage.flows.add(old)
  const version = {
    id: newId(),
    flowId: old.id,
    userId: user.id,
    author: null,
    description: null,
    createdAt: 5,
    data: old.data,
  }
  await storage.flowVersions.add(version, { keep: 9 })
  const { seal } = createGraphSeal(createSecrets('a secret for tests, 32 bytes long'))

  const over = AbortSignal.abort()
  await sealStoredFlows({ storage, seal }, over)
  expect(await stored()).toContain(SECRET)
  const going = new AbortController().signal
  await sealStoredFlows({ storage, seal }, going)
  expect(await stored()).not.toContain(SECRET)
  expect(await storage.flows.find(user.id, old.id)).toEqual({ ...old, data: expect.stringContaining('sealed:') })
  expect((await call('GET', `/flows/${old.id}`)).json().data).toEqual(graphOf())

  await storage.flows.update(user.id, old.id, { data: old.data })
  await sealStoredFlows({ storage, seal }, going)
  expect(await stored()).toContain(SECRET)
})
