import { createApiKey, deleteApiKey } from '@runnel/protocol/api-keys'
import { createFlowVersion, forkFlow, listFlowVersions, readVersionState } from '@runnel/protocol/flow-versions'
import {
  createFlow,
  deleteFlow,
  deleteFlows,
  downloadFlows,
  listFlows,
  readFlow,
  updateFlow,
} from '@runnel/protocol/flows'
import { downloadProject } from '@runnel/protocol/project-files'
import { listProjectTools } from '@runnel/protocol/project-tools'
import { createProject, deleteProject, readProject, updateProject } from '@runnel/protocol/projects'
import { readStoreComponent } from '@runnel/protocol/store'
import { createVariable, deleteVariable, updateVariable } from '@runnel/protocol/variables'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from './test-app.ts'

const nowhere = '00000000-0000-4000-8000-000000000000'
let server: TestApp
let eve: TestPerson
let own: { flow: string; project: string; variable: string; key: string }

beforeAll(async () => {
  server = await testApp({ user: 'ada' })
  eve = await server.person('eve')
  const project = await server.client.call(createProject, { body: { name: 'Mine' } })
  const flow = await server.client.call(createFlow, {
    body: { name: 'Mine', endpoint_name: 'mine', folder_id: project.id },
  })
  const variable = await server.client.call(createVariable, { body: { name: 'MINE', value: 'x' } })
  const key = await server.client.call(createApiKey, { body: {} })
  own = { flow: flow.id, project: project.id, variable: variable.id, key: key.id }
})
afterAll(() => server.close())

type Attempt = (id: { flow: string; project: string; variable: string; key: string }) => Promise<unknown>

test.each<[string, Attempt]>([
  ['read a flow', ({ flow }) => eve.client.call(readFlow, { params: { flow_id: flow } })],
  ['change a flow', ({ flow }) => eve.client.call(updateFlow, { params: { flow_id: flow }, body: { name: 'Eve' } })],
  ['delete a flow', ({ flow }) => eve.client.call(deleteFlow, { params: { flow_id: flow } })],
  ['export a flow', ({ flow }) => eve.client.call(downloadFlows, { body: [flow] })],
  ['read a project', ({ project }) => eve.client.call(readProject, { params: { project_id: project } })],
  [
    'change a project',
    ({ project }) => eve.client.call(updateProject, { params: { project_id: project }, body: { name: 'E' } }),
  ],
  ['delete a project', ({ project }) => eve.client.call(deleteProject, { params: { project_id: project } })],
  ['export a project', ({ project }) => eve.client.call(downloadProject, { params: { project_id: project } })],
  [
    'change a variable',
    ({ variable }) => eve.client.call(updateVariable, { params: { variable_id: variable }, body: { value: 'y' } }),
  ],
  ['delete a variable', ({ variable }) => eve.client.call(deleteVariable, { params: { variable_id: variable } })],
  ['list the versions of a flow', ({ flow }) => eve.client.call(listFlowVersions, { params: { flow_id: flow } })],
  ['keep a version of a flow', ({ flow }) => eve.client.call(createFlowVersion, { params: { flow_id: flow } })],
  ['read the version state of a flow', ({ flow }) => eve.client.call(readVersionState, { params: { flow_id: flow } })],
  ['fork a flow', ({ flow }) => eve.client.call(forkFlow, { params: { flow_id: flow } })],
  ['read a saved component', ({ flow }) => eve.client.call(readStoreComponent, { params: { component_id: flow } })],
  [
    'list the tools of a project',
    ({ project }) => eve.client.call(listProjectTools, { params: { project_id: project } }),
  ],
  ['delete a key', ({ key }) => eve.client.call(deleteApiKey, { params: { api_key_id: key } })],
])('to %s of another user is answered as if it did not exist', async (_, attempt) => {
  const answerFor = (id: Parameters<Attempt>[0]) =>
    attempt(id).then(
      () => 'done',
      ({ status, detail }: { status: number; detail: unknown }) => ({ status, detail }),
    )
  const foreign = await answerFor(own)
  expect(foreign).toEqual(await answerFor({ flow: nowhere, project: nowhere, variable: nowhere, key: nowhere }))
  expect(foreign).toMatchObject({ status: expect.any(Number) })
})

test('bulk calls count only what is one’s own, and references to others lead nowhere', async () => {
  await expect(eve.client.call(deleteFlows, { body: [own.flow] })).resolves.toEqual({ deleted: 0 })
  await eve.client.call(createProject, { body: { name: 'Grab', flows_list: [own.flow] } })
  const flow = await eve.client.call(createFlow, { body: { name: 'Eve', folder_id: own.project } })
  expect(flow.folder_id).not.toBe(own.project)
  await expect(
    eve.client.call(updateFlow, { params: { flow_id: flow.id }, body: { folder_id: own.project } }),
  ).rejects.toMatchObject({ status: 404 })
  await expect(eve.client.call(listFlows, { query: { folder_id: own.project } })).resolves.toEqual([])
})

test('after all that, everything is as it was', async () => {
  await expect(server.client.call(readFlow, { params: { flow_id: own.flow } })).resolves.toMatchObject({
    name: 'Mine',
    folder_id: own.project,
  })
})
