import { createFlow } from '@runnel/protocol/flows'
import {
  checkStore,
  checkStoreKey,
  likeStoreComponent,
  listStoreComponents,
  listStoreLikes,
  listStoreTags,
  publishStoreComponent,
  readStoreComponent,
  saveStoreKey,
  updateStoreComponent,
} from '@runnel/protocol/store'
import { listVariables } from '@runnel/protocol/variables'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp({ user: 'ada', ...options })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})
const nowhere = '00000000-0000-4000-8000-000000000000'

test('there is no store, and clients are told so', async () => {
  const { client } = await start()
  await expect(client.call(checkStore, {})).resolves.toEqual({ enabled: false })
  await expect(client.call(listStoreTags, {})).resolves.toEqual([])
  await expect(client.call(listStoreLikes, {})).resolves.toEqual([])
  const params = { component_id: nowhere }
  const refusal = { status: 400, detail: 'You must have a store API key set.' }
  await expect(client.call(publishStoreComponent, { body: {} })).rejects.toMatchObject(refusal)
  await expect(client.call(updateStoreComponent, { params, body: {} })).rejects.toMatchObject(refusal)
  await expect(client.call(likeStoreComponent, { params })).rejects.toMatchObject(refusal)
})

test('a key for the store is kept out of sight, without a cookie', async () => {
  const { client } = await start()
  await expect(client.call(checkStoreKey, {})).resolves.toEqual({ has_api_key: false, is_valid: false })
  const saved = await client.request(saveStoreKey, { body: { api_key: 'store-key' } })
  expect(saved.headers.get('set-cookie')).toBeNull()
  expect(await saved.json()).toEqual({ detail: 'API Key saved' })
  await expect(client.call(checkStoreKey, {})).resolves.toEqual({ has_api_key: true, is_valid: false })
  expect(await client.call(listVariables, {})).toEqual([])
})

test('its list holds the saved components of the caller alone', async () => {
  const { client, person } = await start()
  const template = { key: { password: true, value: 'sk-secret' } }
  const data = { nodes: [{ id: 'M-a', data: { type: 'M', node: { template } } }], edges: [] }
  const made = await client.call(createFlow, { body: { name: 'Part', is_component: true, description: 'd', data } })
  await client.call(createFlow, { body: { name: 'Other part', is_component: true } })
  await client.call(createFlow, { body: { name: 'A flow' } })
  const bob = await person('bob')

  const list = (query: object) => client.call(listStoreComponents, { query })
  await expect(list({ limit: 1 })).resolves.toMatchObject({ count: 2, authorized: false, results: [{ name: 'Part' }] })
  await expect(list({ search: 'OTHER' })).resolves.toMatchObject({ count: 1, results: [{ name: 'Other part' }] })
  await expect(list({ component_id: made.id })).resolves.toMatchObject({ count: 1, results: [{ id: made.id }] })
  await expect(bob.client.call(listStoreComponents, {})).resolves.toEqual({ count: 0, authorized: false, results: [] })

  const params = { component_id: made.id }
  const read = await client.call(readStoreComponent, { params })
  expect(read).toMatchObject({ name: 'Part', description: 'd', is_component: true, data: { edges: [] } })
  expect(JSON.stringify(read)).not.toContain('sk-secret')
  await expect(bob.client.call(readStoreComponent, { params })).rejects.toMatchObject({ status: 404 })
})
