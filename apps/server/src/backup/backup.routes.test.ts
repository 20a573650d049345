import { downloadBackup, restoreBackup } from '@runnel/protocol/backup'
import { uploadUserFile } from '@runnel/protocol/files'
import { createFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import { createProject, listProjects, updateProject } from '@runnel/protocol/projects'
import { createVariable } from '@runnel/protocol/variables'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'

let server: TestApp
let archive: Blob
let flowId: string
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
  const { client } = server
  const { id: folder_id } = await client.call(createProject, { body: { name: 'Desk', description: 'Of help' } })
  await client.call(updateProject, { params: { project_id: folder_id }, body: { stores_payloads: false } })
  const data = { nodes: [], edges: [], viewport: { x: 1, y: 2, zoom: 3 } }
  flowId = (await client.call(createFlow, { body: { name: 'Answer', description: 'first', data, folder_id } })).id
  await client.call(createFlow, { body: { name: 'Part', is_component: true } })
  await client.call(createVariable, { body: { name: 'KEY', value: 'sk-hush-hush', type: 'Credential' } })
  const form = new FormData()
  form.append('file', new Blob(['Boats: 42']), 'boats.txt')
  await client.call(uploadUserFile, { form })
  archive = await exported({ files: true })
})
afterAll(() => server.close())

async function exported(
  query: { files?: boolean; project_id?: string },
  { client } = server as Pick<TestPerson, 'client'>,
) {
  const answer = await client.request(downloadBackup, { query })
  expect(answer.status).toBe(200)
  return new Blob([await answer.arrayBuffer()])
}
function restored(
  conflicts: 'skip' | 'rename' | 'replace',
  { client } = server as Pick<TestPerson, 'client'>,
  file = archive,
) {
  const form = new FormData()
  form.append('file', file, 'backup.zip')
  return client.call(restoreBackup, { query: { conflicts }, form })
}
const names = async ({ user } = server as Pick<TestPerson, 'user'>) =>
  (await server.storage.flows.headers(user.id, {})).map(({ name }) => name).sort()

test('another user gets flows, components and files in projects of the same names, and is told of variables', async () => {
  const bob = await server.person('bob')
  expect(await restored('skip', bob)).toEqual({
    flows: { added: 2, replaced: 0, skipped: 0 },
    files: { added: 1, replaced: 0, skipped: 0 },
    missing_variables: ['KEY'],
  })
  const projects = await bob.client.call(listProjects, {})
  expect(projects).toContainEqual(
    expect.objectContaining({ name: 'Desk', description: 'Of help', stores_payloads: false }),
  )
  expect(await names(bob)).toEqual(['Answer', 'Part'])
  const [file] = await server.storage.files.list(bob.user.id)
  expect(file).toMatchObject({ name: 'boats', extension: '.txt', size: 9 })
})

test('what has the same name is left, numbered or replaced, as was chosen', async () => {
  const { client } = server
  await client.call(updateFlow, { params: { flow_id: flowId }, body: { description: 'second' } })
  expect(await restored('skip')).toMatchObject({ flows: { added: 0, skipped: 2 }, files: { skipped: 1 } })
  expect((await client.call(readFlow, { params: { flow_id: flowId } })).description).toBe('second')

  expect(await restored('replace')).toEqual({
    flows: { added: 0, replaced: 2, skipped: 0 },
    files: { added: 0, replaced: 1, skipped: 0 },
    missing_variables: [],
  })
  expect(await client.call(readFlow, { params: { flow_id: flowId } })).toMatchObject({
    name: 'Answer',
    description: 'first',
  })
  expect(await names()).toEqual(['Answer', 'Part'])

  expect(await restored('rename')).toMatchObject({ flows: { added: 2 }, files: { added: 1 } })
  expect(await names()).toEqual(['Answer', 'Answer (1)', 'Part', 'Part (1)'])
  const files = await server.storage.files.list(server.user.id)
  expect(files.map(({ name }) => name)).toEqual(['boats', 'boats (1)'])
})

test('a backup holds no values of variables, files only when asked, and of one project only that', async () => {
  const all = Buffer.from(await archive.arrayBuffer()).toString('latin1')
  expect(all).not.toContain('sk-hush')
  expect(all).toContain('boats.txt.file')
  const [desk] = (await server.client.call(listProjects, {})).filter(({ name }) => name === 'Desk')
  const one = Buffer.from(await (await exported({ project_id: desk?.id ?? '' })).arrayBuffer()).toString('latin1')
  expect(one).toContain('Answer.flow.json')
  expect(one).not.toMatch(/Part\.flow|boats/)
  const eve = await server.person('eve')
  const refused = await eve.client.request(downloadBackup, { query: { project_id: desk?.id ?? '' } })
  expect(refused.status).toBe(404)
})

test('what is no backup is refused and changes nothing', async () => {
  const before = await names()
  for (const content of ['{}', 'PK nothing']) {
    await expect(restored('replace', server, new Blob([content]))).rejects.toMatchObject({ status: 400 })
  }
  expect(await names()).toEqual(before)
})
