import { createApiKey, deleteApiKey } from '@runnel/protocol/api-keys'
import { listAuditEntries } from '@runnel/protocol/audit'
import { createFlow, deleteFlows, downloadFlows, updateFlow } from '@runnel/protocol/flows'
import { createUser } from '@runnel/protocol/users'
import { createVariable } from '@runnel/protocol/variables'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'root', superuser: true })
})
afterAll(() => server.close())

/** What was recorded since, oldest first, without what is of its moment. */
async function recorded(work: () => Promise<unknown>) {
  const [last] = await server.storage.audit.list({ limit: 1 })
  await work()
  const { entries } = await server.client.call(listAuditEntries, { query: { limit: '100' } })
  const until = entries.findIndex(({ id }) => id === last?.id)
  return entries
    .slice(0, until === -1 ? undefined : until)
    .map(({ action, actor, object_id, result }) => [action, actor, object_id, result])
    .toReversed()
}

test('what is done to keys, users, variables and flows is recorded, with who did it to what', async () => {
  const { client } = server
  let ids: readonly string[] = []
  const entries = await recorded(async () => {
    const key = await client.call(createApiKey, { body: {} })
    await client.call(deleteApiKey, { params: { api_key_id: key.id } })
    const user = await client.call(createUser, { body: { username: 'ada', password: 'a long password' } })
    const variable = await client.call(createVariable, { body: { name: 'SECRET', value: 'hush' } })
    const flow = await client.call(createFlow, { body: { name: 'A flow', data: { nodes: [], edges: [] } } })
    await client.call(updateFlow, { params: { flow_id: flow.id }, body: { name: 'Saved' } })
    await client.call(updateFlow, { params: { flow_id: flow.id }, body: { access_type: 'PUBLIC' } })
    await client.call(downloadFlows, { body: [flow.id] })
    await client.call(deleteFlows, { body: [flow.id] })
    ids = [key.id, user.id, variable.id, flow.id]
  })
  const [key, user, variable, flow] = ids
  expect(entries).toEqual([
    ['api_key.create', 'root', key, 200],
    ['api_key.delete', 'root', key, 200],
    ['user.create', 'root', user, 201],
    ['variable.create', 'root', variable, 201],
    ['flow.make_public', 'root', flow, 200],
    ['flow.export', 'root', flow, 200],
    ['flow.delete', 'root', flow, 200],
  ])
  expect(JSON.stringify(await server.storage.audit.list({ limit: 100 }))).not.toMatch(/hush|a long password/)
})

test('logins are recorded, and those that fail, under the name that was tried', async () => {
  const login = (password: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `username=cleo&password=${password}`,
    })
  await server.person('cleo', { password: 'the right one' })
  const entries = await recorded(async () => {
    await login('wrong')
    await login('the+right+one')
  })
  expect(entries).toEqual([
    ['login', 'cleo', null, 401],
    ['login', 'cleo', null, 200],
  ])
})

test('what is refused is recorded too', async () => {
  const eve = await server.person('eve')
  const entries = await recorded(async () => {
    await eve.client.call(createUser, { body: { username: 'x', password: 'a long password' } }).catch(() => {})
    await server.app.inject({ method: 'DELETE', url: '/api/v1/flows/00000000-0000-4000-8000-000000000000' })
  })
  expect(entries).toContainEqual(['flow.delete', null, '00000000-0000-4000-8000-000000000000', 403])
})

test('records are for superusers, by action, time and page', async () => {
  const bob = await server.person('bob')
  await expect(bob.client.call(listAuditEntries, {})).rejects.toMatchObject({ status: 403 })
  const list = async (query: object) => (await server.client.call(listAuditEntries, { query })).entries
  const keys = await list({ action: 'api_key' })
  expect(keys.map(({ action }) => action)).toEqual(['api_key.delete', 'api_key.create'])
  expect(await list({ action: 'api_key', before: keys[0]?.id })).toEqual([keys[1]])
  expect(await list({ from: '2999-01-01T00:00:00Z' })).toEqual([])
  expect(await list({ actor_id: bob.user.id })).toEqual([])
})
