import { createFlow, readFlow } from '@runnel/protocol/flows'
import {
  installProject,
  listInstalledClients,
  listProjectTools,
  readComposerUrl,
  updateProjectTools,
} from '@runnel/protocol/project-tools'
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

test('the flows of a project are named as tools', async () => {
  const { client } = await start()
  const flow = await client.call(createFlow, { body: { name: 'Ask', description: 'Answers.' } })
  await client.call(createFlow, { body: { name: 'Part', is_component: true } })
  const params = { project_id: flow.folder_id ?? '' }
  const all = () => client.call(listProjectTools, { params, query: { mcp_enabled: false } })
  await expect(all()).resolves.toEqual({
    auth_settings: { auth_type: 'apikey' },
    tools: [
      {
        id: flow.id,
        mcp_enabled: false,
        action_name: null,
        action_description: null,
        name: 'Ask',
        description: 'Answers.',
      },
    ],
  })
  await expect(client.call(listProjectTools, { params })).resolves.toMatchObject({ tools: [] })
  const settings = [
    { id: flow.id, mcp_enabled: true, action_name: 'ask', action_description: 'Asks.' },
    { id: nowhere, mcp_enabled: true },
  ]
  await expect(client.call(updateProjectTools, { params, body: { settings } })).resolves.toEqual({
    message: 'Updated MCP settings for 1 flows',
  })
  await expect(client.call(listProjectTools, { params })).resolves.toMatchObject({ tools: [{ action_name: 'ask' }] })
  await expect(client.call(readFlow, { params: { flow_id: flow.id } })).resolves.toMatchObject({
    mcp_enabled: true,
    action_description: 'Asks.',
  })
})

test('what there is not is said in the form clients read', async () => {
  const { client } = await start()
  const { folder_id } = await client.call(createFlow, { body: { name: 'a' } })
  const params = { project_id: folder_id ?? '' }
  await expect(client.call(readComposerUrl, { params })).resolves.toMatchObject({ uses_composer: false })
})

test('projects of others are not found', async () => {
  const { client, person } = await start()
  const flow = await client.call(createFlow, { body: { name: 'a' } })
  const { client: eve } = await person('eve')
  const params = { project_id: flow.folder_id ?? '' }
  const body = { settings: [{ id: flow.id, mcp_enabled: true }] }
  for (const attempt of [
    () => eve.call(listProjectTools, { params }),
    () => eve.call(updateProjectTools, { params, body }),
    () => eve.call(listInstalledClients, { params }),
    () => eve.call(readComposerUrl, { params }),
    () => eve.call(installProject, { params, body: { client: 'cursor' } }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 404, detail: 'Project not found' })
  }
})
