import {
  createFlow,
  createFlows,
  deleteFlow,
  deleteFlows,
  downloadFlows,
  listFlows,
  listFlowsAlias,
  putFlow,
  readFlow,
  updateFlow,
  uploadFlows,
} from '@runnel/protocol/flows'
import { createProject } from '@runnel/protocol/projects'
import { afterEach, expect, test } from 'vitest'
import { unzip } from '../http/unzip.ts'
import { writeZip } from '../http/zip.ts'
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

const graph = { nodes: [], edges: [], viewport: { x: 0, y: 0, zoom: 1 } }
const webhookNode = { id: 'Webhook-a', data: { type: 'Webhook', node: { template: {} } } }
const nowhere = '00000000-0000-4000-8000-000000000000'
const fileOf = (content: string, name = 'flow.json') => {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return form
}

test('a new flow answers with every key, both names of its project, and what was given', async () => {
  const { client, user } = await start()
  const given = {
    name: 'seed flow',
    description: 'string',
    icon: 'string',
    icon_bg_color: '#FF0000',
    gradient: '2',
    data: {},
    is_component: false,
    updated_at: '2024-12-30T15:48:01.519Z',
    webhook: false,
    endpoint_name: 'seed',
    tags: ['string'],
    id: nowhere,
    user_id: nowhere,
  }
  const flow = await client.call(createFlow, { body: given })
  expect(flow).toMatchObject({
    name: 'seed flow',
    icon_bg_color: '#FF0000',
    data: {},
    endpoint_name: 'seed',
    tags: ['string'],
    locked: false,
    mcp_enabled: false,
    access_type: 'PRIVATE',
    user_id: user.id,
    folder_id: flow.project_id,
    updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
  })
  expect(flow.id).not.toBe(nowhere)
  await expect(client.call(readFlow, { params: { flow_id: flow.id } })).resolves.toEqual(flow)
})

test('an empty colour gives a flow back the one it has of itself', async () => {
  const { client } = await start()
  const { id } = await client.call(createFlow, { body: { name: 'red', icon_bg_color: '#FF0000' } })
  const change = async (icon_bg_color: string | null) =>
    (await client.call(updateFlow, { params: { flow_id: id }, body: { icon_bg_color } })).icon_bg_color
  expect(await change(null)).toBe('#FF0000')
  expect(await change('')).toBeNull()
  expect((await client.call(createFlow, { body: { name: 'none', icon_bg_color: '' } })).icon_bg_color).toBeNull()
})

test('taken names and endpoint names get the next number', async () => {
  const { client } = await start()
  const body = { name: 'New Flow', endpoint_name: 'new' }
  const flows = [
    await client.call(createFlow, { body }),
    ...(await client.call(createFlows, { body: { flows: [body, body] } })),
  ]
  expect(flows.map(({ name, endpoint_name }) => [name, endpoint_name])).toEqual([
    ['New Flow', 'new'],
    ['New Flow (1)', 'new-1'],
    ['New Flow (2)', 'new-2'],
  ])
})

test('flows made with one name at the same moment all get their own', async () => {
  const { client } = await start()
  const made = await Promise.all(Array.from({ length: 4 }, () => client.call(createFlow, { body: { name: 'Same' } })))
  expect(new Set(made.map(({ name }) => name)).size).toBe(4)
})

test.each([
  [{}, 'missing', ['body', 'name']],
  [{ name: 5 }, 'string_type', ['body', 'name']],
  [{ name: 'x', icon_bg_color: 'red' }, 'value_error', ['body', 'icon_bg_color']],
  [{ name: 'x', data: { nodes: [] } }, 'value_error', ['body', 'data']],
  [{ name: 'x', data: { nodes: {}, edges: [] } }, 'list_type', ['body', 'data', 'nodes']],
  [{ name: 'x', data: [] }, 'dict_type', ['body', 'data']],
  [{ name: 'x', folder_id: 'nope' }, 'uuid_parsing', ['body', 'folder_id']],
])('refuses to create %j', async (payload, type, loc) => {
  const { app, apiKey } = await start()
  const headers = { 'x-api-key': apiKey }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/flows/', headers, payload })
  expect(answer.statusCode).toBe(422)
  expect(answer.json().detail).toMatchObject([{ type, loc }])
})

test('an endpoint name of other characters is refused with a sentence', async () => {
  const { client } = await start()
  await expect(client.call(createFlow, { body: { name: 'x', endpoint_name: 'a b' } })).rejects.toMatchObject({
    status: 422,
    detail: 'Endpoint name must contain only letters, numbers, hyphens, and underscores',
  })
})

test('a flow is read by an id in any form, and not by another', async () => {
  const { client, app, apiKey } = await start()
  const { id } = await client.call(createFlow, { body: { name: 'x' } })
  for (const form of [id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `urn:uuid:${id}`]) {
    await expect(client.call(readFlow, { params: { flow_id: form } })).resolves.toMatchObject({ id })
  }
  await expect(client.call(readFlow, { params: { flow_id: nowhere } })).rejects.toMatchObject({
    status: 404,
    detail: 'Flow not found',
  })
  const answer = await app.inject({ url: '/api/v1/flows/not-a-uuid', headers: { 'x-api-key': apiKey } })
  expect(answer.statusCode).toBe(422)
  expect(answer.json().detail[0]).toMatchObject({ type: 'uuid_parsing', loc: ['path', 'flow_id'], input: 'not-a-uuid' })
})

test('the list is plain by default, a page of one project on request', async () => {
  const { client } = await start()
  const { id: folder_id } = await client.call(createProject, { body: { name: 'Other' } })
  await client.call(createFlows, {
    body: {
      flows: [
        { name: 'a', data: graph },
        { name: 'b', is_component: true, data: graph },
        { name: 'c', folder_id, data: graph },
      ],
    },
  })
  const names = async (query: object) => {
    const answer = (await client.call(listFlows, { query })) as unknown
    const list = Array.isArray(answer) ? answer : (answer as { items: unknown[] }).items
    return list.map((flow: { name: string }) => flow.name)
  }
  expect(await names({})).toEqual(['a', 'b', 'c'])
  expect(await names({ components_only: true })).toEqual(['b'])
  expect(await names({ folder_id })).toEqual(['c'])
  expect(await names({ get_all: false })).toEqual(['a', 'b'])
  await expect(
    client.call(listFlows, { query: { get_all: false, project_id: folder_id, page: 0, size: 1 } }),
  ).resolves.toMatchObject({ items: [{ name: 'c' }], total: 1, page: 1, size: 1, pages: 1 })
  await expect(client.call(listFlows, { query: { get_all: false, page: 9 } })).resolves.toMatchObject({
    items: [],
    total: 2,
    page: 9,
  })
  await expect(client.call(listFlows, { query: { header_flows: true } })).resolves.toMatchObject([
    { name: 'a', data: null },
    { name: 'b', data: graph },
    { name: 'c', data: null },
  ])
})

test('an update changes what it names, keeps the rest, and clears an endpoint name on request', async () => {
  const { client } = await start()
  const flow = await client.call(createFlow, { body: { name: 'a', endpoint_name: 'end', data: graph, icon: 'Bot' } })
  const params = { flow_id: flow.id }
  await expect(
    client.call(updateFlow, { params, body: { name: 'b', description: 'words', icon: null, locked: true } }),
  ).resolves.toMatchObject({ name: 'b', description: 'words', icon: 'Bot', locked: true, endpoint_name: 'end' })
  const withWebhook = { ...graph, nodes: [webhookNode] }
  await expect(client.call(updateFlow, { params, body: { data: withWebhook } })).resolves.toMatchObject({
    webhook: true,
    data: withWebhook,
  })
  for (const endpoint_name of [null, '']) {
    await client.call(updateFlow, { params, body: { endpoint_name: 'end' } })
    await expect(client.call(updateFlow, { params, body: { endpoint_name } })).resolves.toMatchObject({
      endpoint_name: null,
    })
  }
})

test('an update does not take a name another flow has', async () => {
  const { client } = await start()
  await client.call(createFlow, { body: { name: 'a', endpoint_name: 'a' } })
  const { id } = await client.call(createFlow, { body: { name: 'b' } })
  const change = (body: object) => client.call(updateFlow, { params: { flow_id: id }, body })
  await expect(change({ name: 'a' })).rejects.toMatchObject({ status: 400, detail: 'Name must be unique' })
  await expect(change({ endpoint_name: 'a' })).rejects.toMatchObject({
    status: 400,
    detail: 'Endpoint name must be unique',
  })
  await expect(change({ folder_id: nowhere })).rejects.toMatchObject({ status: 404, detail: 'Project not found' })
})

test('an update of a graph that changed in the meantime is refused when the caller asks for that', async () => {
  const { client, user } = await start()
  const { id } = await client.call(createFlow, { body: { name: 'a', data: graph } })
  const params = { flow_id: id }
  const read = await client.request(readFlow, { params })
  const headers = { 'if-match': read.headers.get('etag') ?? '' }
  const before = ((await read.json()) as { version_token: string }).version_token
  expect(headers['if-match']).toBe(`"${before}"`)

  const renamed = await client.call(updateFlow, { params, headers, body: { name: 'b' } })
  expect(renamed.version_token).toBe(before)
  const redrawn = await client.call(updateFlow, { params, headers, body: { data: { ...graph, nodes: [webhookNode] } } })
  expect(redrawn.version_token).not.toBe(before)
  await expect(client.call(updateFlow, { params, headers, body: { name: 'c' } })).rejects.toMatchObject({
    status: 409,
    detail: {
      code: 'flow_version_conflict',
      flow_id: id,
      expected_version_token: before,
      current_version_token: redrawn.version_token,
      modified_by: { id: user.id, username: 'ada' },
    },
  })
  for (const value of [redrawn.version_token, `W/"${redrawn.version_token}"`, '*']) {
    await client.call(updateFlow, { params, headers: { 'if-match': value }, body: { name: 'd' } })
  }
  await expect(
    client.call(updateFlow, { params, headers: { 'if-match': '"7"' }, body: { name: 'e' } }),
  ).rejects.toMatchObject({ status: 400, detail: 'Invalid If-Match header: expected a version token' })
})

test('a flow is put under an id of the caller’s choice, and changed by the next put', async () => {
  const { client, person } = await start()
  const params = { flow_id: nowhere }
  const made = await client.request(putFlow, { params, body: { name: 'put', endpoint_name: 'put', data: graph } })
  expect(made.status).toBe(201)
  expect(await made.json()).toMatchObject({ id: nowhere, name: 'put', data: graph })
  const changed = await client.request(putFlow, { params, body: { name: 'again' } })
  expect(changed.status).toBe(200)
  expect(await changed.json()).toMatchObject({ id: nowhere, name: 'again', endpoint_name: 'put', data: graph })

  await client.call(createFlow, { body: { name: 'taken', endpoint_name: 'taken' } })
  const put = (body: { name: string; endpoint_name?: string; folder_id?: string }) =>
    client.call(putFlow, { params, body })
  await expect(put({ name: 'taken' })).rejects.toMatchObject({ status: 409, detail: 'Name must be unique' })
  await expect(put({ name: 'x', endpoint_name: 'taken' })).rejects.toMatchObject({
    status: 409,
    detail: 'Endpoint name must be unique',
  })
  await expect(put({ name: 'x', folder_id: nowhere })).rejects.toMatchObject({
    status: 400,
    detail: 'Folder not found',
  })
  const other = { flow_id: '11111111-0000-4000-8000-000000000000' }
  await expect(client.call(putFlow, { params: other, body: { name: 'taken' } })).rejects.toMatchObject({ status: 409 })
  const { client: eve } = await person('eve')
  await expect(eve.call(putFlow, { params, body: { name: 'mine' } })).rejects.toMatchObject({ status: 404 })
  await expect(client.call(readFlow, { params })).resolves.toMatchObject({ name: 'again' })
})

test('a put that may rename takes the next free name for a new flow', async () => {
  const { client } = await start()
  await client.call(createFlow, { body: { name: 'taken' } })
  const put = () =>
    client.call(putFlow, { params: { flow_id: nowhere }, query: { rename: true }, body: { name: 'taken' } })
  await expect(put()).resolves.toMatchObject({ id: nowhere, name: 'taken (1)' })
})

test('two puts of one id at the same moment make one flow', async () => {
  const { client } = await start()
  const params = { flow_id: nowhere }
  const both = await Promise.all(['a', 'b'].map((name) => client.request(putFlow, { params, body: { name } })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
})

test('a zip of flow files is imported', async () => {
  const { client } = await start()
  const upload = (zip: Buffer) => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'flows.zip')
    return client.call(uploadFlows, { form })
  }
  const entry = (name: string, value: object) => ({ name, content: Buffer.from(JSON.stringify(value)) })
  const imported = await upload(
    writeZip([entry('a.json', { name: 'a', data: graph }), entry('b.json', { flows: [{ name: 'b' }, { name: 'c' }] })]),
  )
  expect(imported.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  await expect(upload(writeZip([entry('readme.txt', {})]))).rejects.toMatchObject({
    status: 400,
    detail: 'No flows found in the file',
  })
})

test('the list has another spelling', async () => {
  const { client } = await start()
  await client.call(createFlow, { body: { name: 'a' } })
  await expect(client.call(listFlowsAlias, {})).resolves.toEqual(await client.call(listFlows, {}))
})

test('many who ask for one name at the same moment all get one of their own', async () => {
  const { client } = await start()
  const asked = Array.from({ length: 20 }, () => client.call(createFlow, { body: { name: 'New', endpoint_name: 'n' } }))
  const made = await Promise.all(asked)
  expect(new Set(made.map(({ name }) => name)).size).toBe(20)
  expect(new Set(made.map(({ endpoint_name }) => endpoint_name)).size).toBe(20)
})

test('headers of a page and flows of a kind are listed', async () => {
  const { client } = await start()
  await client.call(createFlow, { body: { name: 'a', data: graph } })
  await expect(client.call(listFlows, { query: { get_all: false, header_flows: true } })).resolves.toMatchObject({
    items: [{ name: 'a', data: null, flow_type: 'workflow' }],
    total: 1,
  })
  await expect(client.call(listFlows, { query: { flow_type: 'agent' } })).resolves.toEqual([])
  await expect(client.call(listFlows, { query: { flow_type: 'agent', get_all: false } })).resolves.toMatchObject({
    total: 0,
  })
})

test('flows are deleted one by one or several at once; unknown ids are skipped', async () => {
  const { client } = await start()
  const made = await client.call(createFlows, { body: { flows: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } })
  const [first, ...others] = made.map(({ id }) => id)
  const params = { flow_id: first ?? '' }
  await expect(client.call(deleteFlow, { params })).resolves.toEqual({ message: 'Flow deleted successfully' })
  await expect(client.call(deleteFlow, { params })).rejects.toMatchObject({ status: 404, detail: 'Flow not found' })
  await expect(client.call(deleteFlows, { body: [...others, nowhere] })).resolves.toEqual({ deleted: 2 })
})

test('a file with one flow or several is imported into the project asked for', async () => {
  const { client } = await start()
  const { id: project_id } = await client.call(createProject, { body: { name: 'Target' } })
  const one = await client.call(uploadFlows, {
    query: { project_id },
    form: fileOf(JSON.stringify({ name: 'up', id: nowhere, last_tested_version: '1.1', data: graph })),
  })
  expect(one).toMatchObject([{ name: 'up', folder_id: project_id }])
  const several = await client.call(uploadFlows, {
    form: fileOf(JSON.stringify({ flows: [{ name: 'up' }, { name: 'up' }] })),
  })
  expect(several.map(({ name }) => name)).toEqual(['up (1)', 'up (2)'])
})

test('what is no flow file is refused', async () => {
  const { client, app, apiKey } = await start()
  const upload = (form: FormData, query = {}) => client.call(uploadFlows, { form, query })
  await expect(upload(fileOf('not json'))).rejects.toMatchObject({ status: 400, detail: 'Invalid JSON file' })
  await expect(upload(fileOf('{"data":{}}'))).rejects.toMatchObject({ status: 422 })
  await expect(upload(fileOf('{"name":"x"}'), { project_id: nowhere })).rejects.toMatchObject({ status: 404 })
  const empty = new FormData()
  empty.append('other', 'x')
  await expect(upload(empty)).rejects.toMatchObject({ status: 422 })
  const headers = { 'x-api-key': apiKey }
  const send = (type: string, payload: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/flows/upload/',
      headers: { ...headers, 'content-type': type },
      payload,
    })
  expect((await send('application/json', '{}')).statusCode).toBe(415)
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=x']) {
    const answer = await send(
      type,
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nnever ends',
    )
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.json()).toHaveProperty('detail')
  }
})

test('an export has no secrets, but keeps the names of variables', async () => {
  const { client } = await start()
  const template = {
    api_key: { password: true, load_from_db: false, value: 'sk-secret' },
    token: { password: true, load_from_db: true, value: 'OPENAI_API_KEY' },
    text: { value: 'plain' },
  }
  const inner = { id: 'M-b', data: { type: 'M', node: { template } } }
  const group = {
    id: 'G-c',
    data: { type: 'G', node: { template: {}, flow: { data: { nodes: [inner], edges: [] } } } },
  }
  const data = { ...graph, nodes: [{ id: 'M-a', data: { type: 'M', node: { template } } }, group] }
  const { id } = await client.call(createFlow, { body: { name: 'secret', data } })
  const exported = await client.call(downloadFlows, { body: [id, nowhere] })
  expect(JSON.stringify(exported)).not.toContain('sk-secret')
  expect(exported).toMatchObject({
    data: {
      nodes: [{ data: { node: { template: { api_key: { value: null }, token: { value: 'OPENAI_API_KEY' } } } } }, {}],
    },
  })
  await expect(client.call(downloadFlows, { body: [nowhere] })).rejects.toMatchObject({
    status: 404,
    detail: 'No flows found.',
  })
})

test('several flows are exported as a zip under the name clients look for', async () => {
  const { client } = await start()
  const flows = await client.call(createFlows, { body: { flows: [{ name: 'a/b' }, { name: 'A_B' }] } })
  const response = await client.request(downloadFlows, { body: flows.map(({ id }) => id) })
  expect(response.headers.get('content-type')).toBe('application/x-zip-compressed')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=\d{8}_\d{6}_langflow_flows\.zip$/)
  const files = unzip(Buffer.from(await response.arrayBuffer()), '.json')
  expect(files.map(({ name }) => name)).toEqual(['a_b.json', 'A_B (1).json'])
})

test('a setting keeps secrets out of what is saved', async () => {
  const withKey = (value: string, load_from_db: boolean) => ({
    nodes: [{ id: 'M-a', data: { node: { template: { api_key: { password: true, value, load_from_db } } } } }],
    edges: [],
  })
  const kept = async (env: Readonly<Record<string, string>>, load_from_db = false) => {
    const { client } = await start({ env })
    const { id } = await client.call(createFlow, { body: { name: 'a', data: withKey('sk-first', load_from_db) } })
    const params = { flow_id: id }
    const before = await client.call(readFlow, { params })
    await client.call(updateFlow, { params, body: { data: withKey('sk-second', load_from_db) } })
    const after = await client.call(readFlow, { params })
    return [before, after].map(({ data }) => /sk-\w+/.exec(JSON.stringify(data))?.[0])
  }
  const env = { LANGFLOW_REMOVE_API_KEYS: 'true' }
  expect(await kept(env)).toEqual([undefined, undefined])
  expect(await kept(env, true)).toEqual(['sk-first', 'sk-second'])
  expect(await kept({})).toEqual(['sk-first', 'sk-second'])
})
