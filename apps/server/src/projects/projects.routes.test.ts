import { createFlow, createFlows, listFlows } from '@runnel/protocol/flows'
import { downloadProject, uploadProject } from '@runnel/protocol/project-files'
import {
  createProject,
  deleteProject,
  listProjects,
  putProject,
  readProject,
  updateProject,
} from '@runnel/protocol/projects'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { folderAliases } from './folder-aliases.ts'

const open: TestApp[] = []
const start = async () => {
  const made = await testApp({ user: 'ada' })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})
const nowhere = '00000000-0000-4000-8000-000000000000'

test('the default project comes first and is made when there is none', async () => {
  const { client } = await start()
  const [home] = await client.call(listProjects, {})
  expect(home).toMatchObject({
    name: 'My Projects',
    description: 'Manage your own projects. Download and upload projects.',
    parent_id: null,
  })
  await client.call(createProject, { body: { name: 'Other' } })
  expect((await client.call(listProjects, {})).map(({ name }) => name)).toEqual(['My Projects', 'Other'])
  await client.call(deleteProject, { params: { project_id: home?.id ?? '' } })
  expect((await client.call(listProjects, {})).map(({ name }) => name)).toEqual(['Other'])
})

test('flows given to a new project move into it, and its name is made unique', async () => {
  const { client } = await start()
  const { id } = await client.call(createFlow, { body: { name: 'moved' } })
  const body = { name: 'Help', description: 'desk', flows_list: [id, nowhere], components_list: null }
  const project = await client.call(createProject, { body })
  expect(project).toEqual({
    name: 'Help',
    description: 'desk',
    stores_payloads: true,
    auth_settings: { auth_type: 'apikey' },
    id: project.id,
    parent_id: null,
    owner_username: 'ada',
    is_owner: true,
    role: 'owner',
  })
  await expect(client.call(readProject, { params: { project_id: project.id } })).resolves.toMatchObject({
    name: 'Help',
    flows: [{ id, folder_id: project.id }],
  })
  await expect(client.call(createProject, { body: { name: 'Help' } })).resolves.toMatchObject({ name: 'Help (1)' })
})

test('a project is read whole, or by pages that can be searched', async () => {
  const { client } = await start()
  const { id: folder_id } = await client.call(createProject, { body: { name: 'P' } })
  await client.call(createFlows, {
    body: {
      flows: [
        { name: 'Alpha', folder_id },
        { name: 'Beta', folder_id },
        { name: 'Part', folder_id, is_component: true },
      ],
    },
  })
  const params = { project_id: folder_id }
  const page = (query: object) => client.call(readProject, { params, query: { page: 1, size: 12, ...query } })
  await expect(page({ is_flow: true, search: '' })).resolves.toMatchObject({
    folder: { name: 'P' },
    flows: { total: 2, page: 1, size: 12, pages: 1 },
  })
  await expect(page({ is_component: true })).resolves.toMatchObject({ flows: { items: [{ name: 'Part' }] } })
  await expect(page({ search: 'ALP' })).resolves.toMatchObject({ flows: { items: [{ name: 'Alpha' }], total: 1 } })
  await expect(page({ size: 101 })).rejects.toMatchObject({ status: 422 })
  const whole = await client.call(readProject, { params })
  expect('flows' in whole && Array.isArray(whole.flows) && whole.flows.length).toBe(3)
})

test('an update sets what the project holds; what drops out goes home; a rename empties nothing', async () => {
  const { client, app, apiKey } = await start()
  const { id } = await client.call(createProject, { body: { name: 'P' } })
  const made = await client.call(createFlows, {
    body: { flows: [{ name: 'a', folder_id: id }, { name: 'b' }, { name: 'part', folder_id: id, is_component: true }] },
  })
  const params = { project_id: id }
  const names = async () => {
    const { flows } = (await client.call(readProject, { params })) as { flows: { name: string }[] }
    return flows.map(({ name }) => name).sort()
  }
  const headers = { 'x-api-key': apiKey }
  const payload = { name: 'Q', description: 'd', flows_list: [], components_list: [] }
  const renamed = await app.inject({ method: 'PATCH', url: `/api/v1/projects/${id}`, headers, payload })
  expect(renamed.json()).toMatchObject({ name: 'Q', description: 'd' })
  expect(await names()).toEqual(['a', 'part'])
  await client.call(updateProject, { params, body: { flows: [made[1]?.id ?? ''] } })
  expect(await names()).toEqual(['b', 'part'])
  const all = (await client.call(listFlows, { query: {} })) as { name: string; folder_id: string }[]
  expect(all.find(({ name }) => name === 'a')?.folder_id).not.toBe(id)
})

test('a deleted project takes its flows with it, and is not found again', async () => {
  const { client } = await start()
  const { id } = await client.call(createProject, { body: { name: 'P' } })
  await client.call(createFlow, { body: { name: 'gone', folder_id: id } })
  const params = { project_id: id }
  await expect(client.call(deleteProject, { params })).resolves.toBeUndefined()
  expect(await client.call(listFlows, {})).toEqual([])
  for (const again of [
    () => client.call(deleteProject, { params }),
    () => client.call(readProject, { params }),
    () => client.call(updateProject, { params, body: {} }),
    () => client.call(downloadProject, { params }),
  ]) {
    await expect(again()).rejects.toMatchObject({ status: 404, detail: 'Project not found' })
  }
})

test('an exported project is imported again, under a free name', async () => {
  const { client } = await start()
  const { id } = await client.call(createProject, { body: { name: 'Grüße (1)' } })
  await client.call(createFlows, {
    body: {
      flows: [
        { name: 'a', folder_id: id },
        { name: 'b', folder_id: id },
      ],
    },
  })
  const response = await client.request(downloadProject, { params: { project_id: id } })
  const disposition = response.headers.get('content-disposition') ?? ''
  expect(disposition).toMatch(/^attachment; filename\*=UTF-8''\d{8}_\d{6}_Gr%C3%BC%C3%9Fe%20%281%29_flows\.zip$/)
  const form = new FormData()
  form.append('file', new Blob([await response.arrayBuffer()]), '20250204_210736_Copy_flows.zip')
  const flows = await client.call(uploadProject, { form })
  expect(flows.map(({ name }) => name)).toEqual(['a (1)', 'b (1)'])
  expect((await client.call(listProjects, {})).map(({ name }) => name)).toContain('Copy')
})

test('a project is imported from JSON; a file without flows is refused', async () => {
  const { client } = await start()
  const upload = (content: unknown) => {
    const form = new FormData()
    form.append('file', new Blob([typeof content === 'string' ? content : JSON.stringify(content)]), 'p.json')
    return client.call(uploadProject, { form })
  }
  const data = { nodes: [], edges: [] }
  await expect(
    upload({ folder_name: 'Up', folder_description: 'd', flows: [{ name: 'in it', data }] }),
  ).resolves.toMatchObject([{ name: 'in it' }])
  await expect(upload({ folder_name: 'Up', flows: [] })).rejects.toMatchObject({
    status: 400,
    detail: 'No flows found in the file',
  })
  await expect(upload({ name: 'x' })).rejects.toMatchObject({ status: 400, detail: 'No flows found in the data' })
  await expect(upload('PK\u0003\u0004broken')).rejects.toMatchObject({ status: 400 })
})

test('folders are another name of projects', async () => {
  const { client, person } = await start()
  /** The endpoint at its older path. */
  const old = <E extends { readonly path: string }>(endpoint: E): E => folderAliases(endpoint)[1] ?? endpoint
  const made = await client.call(old(createProject), { body: { name: 'Old' } })
  const params = { project_id: made.id }
  expect((await client.call(old(listProjects), {})).map(({ name }) => name)).toEqual(['My Projects', 'Old'])
  await expect(client.call(old(updateProject), { params, body: { name: 'Older' } })).resolves.toMatchObject({
    id: made.id,
  })
  await expect(client.call(old(putProject), { params, body: { name: 'Oldest' } })).resolves.toMatchObject({
    id: made.id,
  })
  await expect(client.call(old(readProject), { params })).resolves.toMatchObject({ name: 'Oldest', flows: [] })
  expect((await client.request(old(downloadProject), { params })).headers.get('content-type')).toMatch(/zip/)
  const form = new FormData()
  form.append('file', new Blob([JSON.stringify({ folder_name: 'In', flows: [{ name: 'in it' }] })]), 'in.json')
  await expect(client.call(old(uploadProject), { form })).resolves.toMatchObject([{ name: 'in it' }])
  const empty = new FormData()
  empty.append('file', new Blob(['{}']), 'in.json')
  await expect(client.call(old(uploadProject), { form: empty })).rejects.toMatchObject({ status: 400 })
  await expect(
    client.call(old(putProject), { params: { project_id: nowhere }, body: { name: 'In' } }),
  ).rejects.toMatchObject({ status: 409 })
  const { client: eve } = await person('eve')
  await expect(eve.call(old(putProject), { params, body: { name: 'x' } })).rejects.toMatchObject({ status: 404 })
  await client.call(old(deleteProject), { params })
  for (const gone of [
    () => client.call(old(readProject), { params }),
    () => client.call(old(updateProject), { params, body: { name: 'x' } }),
    () => client.call(old(downloadProject), { params }),
    () => client.call(old(deleteProject), { params }),
  ]) {
    await expect(gone()).rejects.toMatchObject({ status: 404, detail: 'Project not found' })
  }
})

test('a project is put under an id of the caller’s choice, and changed by the next put', async () => {
  const { client, person } = await start()
  const flow = await client.call(createFlow, { body: { name: 'held' } })
  const params = { project_id: nowhere }
  const put = (body: { name: string; flows_list?: string[] }, who = client) => who.request(putProject, { params, body })
  const made = await put({ name: 'Put', flows_list: [flow.id] })
  expect(made.status).toBe(201)
  expect(await made.json()).toMatchObject({ id: nowhere, name: 'Put' })
  const changed = await put({ name: 'Again' })
  expect(changed.status).toBe(200)
  await expect(client.call(readProject, { params })).resolves.toMatchObject({ name: 'Again', flows: [{ id: flow.id }] })
  await expect(client.call(putProject, { params, body: { name: 'My Projects' } })).rejects.toMatchObject({
    status: 409,
    detail: 'Name must be unique',
  })
  const { client: eve } = await person('eve')
  await expect(eve.call(putProject, { params, body: { name: 'Mine' } })).rejects.toMatchObject({ status: 404 })
})
