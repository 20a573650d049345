import {
  activateFlowVersion,
  createFlowVersion,
  deleteFlowVersion,
  forkFlow,
  listFlowVersions,
  overwriteFlow,
  readFlowVersion,
  readNoteTranslations,
  readVersionState,
} from '@runnel/protocol/flow-versions'
import { createFlow, deleteFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
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
const graph = (id: string) => ({ nodes: [{ id, data: { type: 'ChatInput' } }], edges: [] })

/** A flow with the graph `one`, and what its tests call. */
async function withFlow(options: TestAppOptions = {}) {
  const server = await start(options)
  const { client } = server
  const made = await client.call(createFlow, { body: { name: 'Flow', endpoint_name: 'flow', data: graph('one') } })
  const params = { flow_id: made.id }
  return {
    ...server,
    made,
    params,
    read: () => client.call(readFlow, { params }),
    draw: (id: string) => client.call(updateFlow, { params, body: { data: graph(id) } }),
    list: async () => (await client.call(listFlowVersions, { params })).entries,
    keep: (description?: string) =>
      client.call(createFlowVersion, { params, body: description ? { description } : {} }),
  }
}

test('a version keeps the graph of its moment under the next number', async () => {
  const { client, made, params, draw, keep, list, user } = await withFlow()
  const first = await keep('first')
  expect(first).toMatchObject({ version_number: 1, version_tag: 'v1', description: 'first', username: 'ada' })
  await draw('two')
  await client.call(createFlowVersion, { params, body: { data: graph('sent') } })
  const entries = await list()
  expect(entries).toMatchObject([{ version_number: 2 }, { version_number: 1, flow_id: made.id, user_id: user.id }])
  expect(entries[0]).not.toHaveProperty('description')
  const data = async (version_id = '') =>
    (await client.call(readFlowVersion, { params: { ...params, version_id } })).data
  expect(await data(first.id)).toEqual(graph('one'))
  expect(await data(entries[0]?.id)).toEqual(graph('sent'))
  await expect(client.call(listFlowVersions, { params, query: { limit: 1, offset: 1 } })).resolves.toMatchObject({
    entries: [{ version_number: 1 }],
    max_entries: 50,
  })
  await expect(client.call(listFlowVersions, { params, query: { limit: 101 } })).rejects.toMatchObject({ status: 422 })
})

test('a version comes back with its secrets, which it never shows', async () => {
  const { client, params, keep, read } = await withFlow()
  const template = { key: { password: true, value: 'sk-secret' } }
  const data = { nodes: [{ id: 'M-a', data: { type: 'M', node: { template } } }], edges: [] }
  await client.call(updateFlow, { params, body: { data } })
  const { id: version_id } = await keep()
  const shown = await client.call(readFlowVersion, { params: { ...params, version_id } })
  expect(JSON.stringify(shown)).not.toContain('sk-secret')
  await client.call(updateFlow, { params, body: { data: graph('new') } })
  await client.call(activateFlowVersion, { params: { ...params, version_id } })
  expect((await read()).data).toEqual(data)
})

test('activating a version keeps what the flow had, unless that is not wanted', async () => {
  const { client, params, draw, keep, list, read } = await withFlow()
  const { id: version_id } = await keep('one')
  await draw('two')
  const version = { ...params, version_id }
  await expect(client.call(activateFlowVersion, { params: version })).resolves.toMatchObject({ data: graph('one') })
  expect((await list()).map(({ description }) => description)).toEqual(['Before version 1 came back', 'one'])
  await draw('three')
  await client.call(activateFlowVersion, { params: version, query: { save_draft: false } })
  expect(await list()).toHaveLength(2)
  expect((await read()).data).toEqual(graph('one'))
})

test('a version without a graph cannot be activated, nor one that is gone', async () => {
  const { client } = await withFlow()
  const { id } = await client.call(createFlow, { body: { name: 'empty' } })
  const made = await client.call(createFlowVersion, { params: { flow_id: id } })
  const params = { flow_id: id, version_id: made.id }
  await expect(client.call(activateFlowVersion, { params })).rejects.toMatchObject({
    status: 400,
    detail: 'Cannot activate a version with no data',
  })
  await expect(client.call(deleteFlowVersion, { params })).resolves.toBeUndefined()
  const gone = { status: 404, detail: 'Version entry not found' }
  await expect(client.call(deleteFlowVersion, { params })).rejects.toMatchObject(gone)
  await expect(client.call(readFlowVersion, { params })).rejects.toMatchObject(gone)
  await expect(client.call(activateFlowVersion, { params })).rejects.toMatchObject(gone)
})

test('only as many versions are kept as the settings say', async () => {
  const { keep, list } = await withFlow({ env: { LANGFLOW_MAX_FLOW_VERSION_ENTRIES_PER_FLOW: '2' } })
  for (const name of ['a', 'b', 'c']) await keep(name)
  expect((await list()).map(({ description }) => description)).toEqual(['c', 'b'])
})

test('the state of a flow tells its token without its graph', async () => {
  const { client, params, made, draw, user } = await withFlow()
  const state = await client.call(readVersionState, { params })
  expect(state).toMatchObject({
    version_token: made.version_token,
    last_modified_by: user.id,
    last_modified_by_username: 'ada',
  })
  const { version_token } = await draw('two')
  expect((await client.call(readVersionState, { params })).version_token).toBe(version_token)
  await expect(client.call(readNoteTranslations, { params })).resolves.toEqual({})
})

test('an overwrite wants the token of what it replaces, and keeps that as a version', async () => {
  const { client, params, made, list, read } = await withFlow()
  const overwrite = (token?: string) =>
    client.call(overwriteFlow, {
      params,
      body: { data: graph('two') },
      ...(token && { headers: { 'if-match': token } }),
    })
  await expect(overwrite()).rejects.toMatchObject({ status: 428 })
  await expect(overwrite(nowhere)).rejects.toMatchObject({ status: 409, detail: { code: 'flow_version_conflict' } })
  expect(await list()).toEqual([])
  await expect(overwrite(made.version_token)).resolves.toMatchObject({ data: graph('two') })
  expect(await list()).toMatchObject([{ description: 'Replaced by a newer edit' }])
  await expect(overwrite(made.version_token)).rejects.toMatchObject({ status: 409 })
  expect((await read()).data).toEqual(graph('two'))
})

test('a locked flow is neither overwritten nor given an older graph, but can be saved and unlocked', async () => {
  const { client, params, made, keep, draw } = await withFlow()
  const { id: version_id } = await keep()
  await client.call(updateFlow, { params, body: { locked: true } })
  const locked = { status: 423, detail: 'Flow is locked. Unlock it before making changes.' }
  const headers = { 'if-match': made.version_token }
  await expect(client.call(overwriteFlow, { params, headers, body: { data: graph('two') } })).rejects.toMatchObject(
    locked,
  )
  await expect(client.call(activateFlowVersion, { params: { ...params, version_id } })).rejects.toMatchObject(locked)
  await expect(draw('two')).resolves.toMatchObject({ locked: true, data: graph('two') })
  await client.call(updateFlow, { params, body: { locked: false } })
  await expect(client.call(activateFlowVersion, { params: { ...params, version_id } })).resolves.toMatchObject({})
})

test('a fork is a copy under a name of its own that nobody else reaches', async () => {
  const { client, params, made } = await withFlow()
  await client.call(updateFlow, { params, body: { access_type: 'PUBLIC', mcp_enabled: true, locked: true } })
  await expect(client.call(forkFlow, { params })).resolves.toMatchObject({
    name: 'Flow (copy)',
    data: graph('one'),
    endpoint_name: null,
    access_type: 'PRIVATE',
    mcp_enabled: false,
    locked: false,
    folder_id: made.folder_id,
  })
  await expect(client.call(forkFlow, { params })).resolves.toMatchObject({ name: 'Flow (copy) (1)' })
  await expect(client.call(forkFlow, { params, body: { name: 'Mine', data: graph('x') } })).resolves.toMatchObject({
    name: 'Mine',
    data: graph('x'),
  })
})

test('flows of others have no versions, and versions go with their flow', async () => {
  const { client, person, params, keep, made } = await withFlow()
  const { id: version_id } = await keep()
  const { client: eve } = await person('eve')
  const version = { ...params, version_id }
  const headers = { 'if-match': made.version_token }
  for (const attempt of [
    () => eve.call(listFlowVersions, { params }),
    () => eve.call(createFlowVersion, { params }),
    () => eve.call(readFlowVersion, { params: version }),
    () => eve.call(activateFlowVersion, { params: version }),
    () => eve.call(deleteFlowVersion, { params: version }),
    () => eve.call(readVersionState, { params }),
    () => eve.call(readNoteTranslations, { params }),
    () => eve.call(overwriteFlow, { params, headers, body: { data: graph('eve') } }),
    () => eve.call(forkFlow, { params }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 404 })
  }
  await client.call(deleteFlow, { params })
  await expect(client.call(readFlowVersion, { params: version })).rejects.toMatchObject({ status: 404 })
})
