import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listExampleFlows, listStarterProjects, readPublicFlow } from '@runnel/protocol/example-flows'
import { createFlow, deleteFlow, updateFlow } from '@runnel/protocol/flows'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { readStarterFlows } from './starter-flows.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp({ user: 'ada', ...options })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})
const data = { nodes: [], edges: [] }

test('starter flows are read from their files, with ids that never change', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-'))
  await writeFile(join(folder, 'b.json'), JSON.stringify({ name: 'B', data, tags: ['t'] }))
  await writeFile(join(folder, 'a.json'), JSON.stringify({ name: 'A', description: 'first', data }))
  const starters = await readStarterFlows(folder)
  expect((await readStarterFlows(folder)).map(({ id }) => id)).toEqual(starters.map(({ id }) => id))
  const { client } = await start({ starters })
  await expect(client.call(listExampleFlows, {})).resolves.toMatchObject([
    { name: 'A', user_id: null, folder_id: null, data },
    { name: 'B', tags: ['t'] },
  ])
  await expect(client.call(listStarterProjects, {})).resolves.toEqual([
    { name: 'A', description: 'first', data, is_component: false, endpoint_name: null },
    { name: 'B', description: null, data, is_component: false, endpoint_name: null },
  ])
  await writeFile(join(folder, 'c.json'), '{"data":7}')
  await expect(readStarterFlows(folder)).rejects.toThrow('c.json is no flow file')
})

test('whoever speaks Chinese gets starter flows in Chinese, under the same ids and keys', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-'))
  await writeFile(join(folder, 'a.json'), JSON.stringify({ name: 'First Steps', description: 'first', data }))
  await mkdir(join(folder, 'translations'))
  await writeFile(join(folder, 'translations/zh-CN.json'), JSON.stringify({ 'First Steps': '第一步' }))
  const { client } = await start({ loadStarters: (language) => readStarterFlows(folder, language) })
  const ask = async (language: string) =>
    (await client.call(listExampleFlows, { headers: { 'accept-language': language } }))[0]
  const english = await ask('de, zh;q=0.5')
  expect(english).toMatchObject({ name: 'First Steps', name_key: 'first_steps' })
  expect(await ask('zh-CN,en;q=0.8')).toEqual({ ...english, name: '第一步' })
})

test('a server without starter flows has none', async () => {
  const { client } = await start()
  await expect(client.call(listExampleFlows, {})).resolves.toEqual([])
})

test('of a public flow anyone learns whether it can be talked to, and nothing of its graph; of others nothing', async () => {
  const { client, app } = await start()
  const template = { api_key: { password: true, value: 'sk-secret' } }
  const node = (type: string) => ({ id: `${type}-a`, data: { type, node: { template } } })
  const nodes = [node('ChatInput'), node('Secret')]
  const { id } = await client.call(createFlow, {
    body: { name: 'p', data: { nodes, edges: [] }, access_type: 'PUBLIC' },
  })
  const secret = await client.call(createFlow, { body: { name: 's', endpoint_name: 's' } })
  const answer = await app.inject({ url: `/api/v1/flows/public_flow/${id}` })
  expect(answer.statusCode).toBe(200)
  expect(answer.body).not.toMatch(/sk-secret|Secret-a|api_key/)
  expect(answer.json()).toMatchObject({
    id,
    name: 'p',
    user_id: null,
    data: { nodes: [{ data: { type: 'ChatInput' } }] },
  })
  for (const flow_id of [secret.id, '00000000-0000-4000-8000-000000000000']) {
    await expect(client.call(readPublicFlow, { params: { flow_id } })).rejects.toMatchObject({
      status: 403,
      detail: 'Flow is not public',
    })
  }
})

test('visitors who wait hear at once when a flow is public no more, whoever wrote that, or the server stops', async () => {
  const { client, app, storage, user, lifecycle, listen } = await start()
  const made = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => client.call(createFlow, { body: { name, access_type: 'PUBLIC' } })),
  )
  const [changed, deleted, elsewhere, kept] = made.map(({ id }) => id)
  const address = await listen()
  const ended: string[] = []
  /** Resolves with the end of an answer once there is one. */
  const wait = async (id = ''): Promise<{ readonly end: Promise<void> }> => {
    const answer = await fetch(`${address}/api/v1/flows/public_flow/${id}/watch`)
    expect(answer.status).toBe(200)
    return { end: answer.text().then(() => void ended.push(id)) }
  }
  const [one, two, three, four] = await Promise.all([changed, deleted, elsewhere, kept].map(wait))
  const other = await wait(changed)
  await client.call(updateFlow, { params: { flow_id: changed ?? '' }, body: { access_type: 'PRIVATE' } })
  await Promise.all([one?.end, other.end])
  await client.call(deleteFlow, { params: { flow_id: deleted ?? '' } })
  await two?.end
  await storage.flows.update(user.id, elsewhere ?? '', { accessType: 'PRIVATE' })
  await three?.end
  expect(ended).toEqual([changed, changed, deleted, elsewhere])
  const refused = await app.inject(`/api/v1/flows/public_flow/${changed}/watch`)
  expect([refused.statusCode, refused.json().detail]).toEqual([403, 'Flow is not public'])
  lifecycle.drain()
  await four?.end
})
