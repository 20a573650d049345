import { createFlow } from '@runnel/protocol/flows'
import { readPermissions } from '@runnel/protocol/permissions'
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

test('a user may do everything with their own flows and projects, and nothing with others', async () => {
  const { client, person } = await start()
  const flow = await client.call(createFlow, { body: { name: 'a' } })
  const project = flow.folder_id ?? ''
  const ask = (who: typeof client, resource_type: string, resource_ids: string[], actions?: string[]) =>
    who.call(readPermissions, { body: { resource_type, resource_ids, ...(actions && { actions }) } })
  await expect(ask(client, 'flow', [flow.id, nowhere], ['read', 'write'])).resolves.toEqual({
    resource_type: 'flow',
    permissions: { [flow.id]: ['read', 'write'], [nowhere]: [] },
  })
  await expect(ask(client, 'project', [project], ['read'])).resolves.toMatchObject({
    permissions: { [project]: ['read'] },
  })
  expect((await ask(client, 'flow', [flow.id])).permissions[flow.id]).toContain('execute')
  await expect(ask(client, 'team', [flow.id])).resolves.toMatchObject({ permissions: { [flow.id]: [] } })
  const { client: eve } = await person('eve')
  await expect(ask(eve, 'flow', [flow.id])).resolves.toMatchObject({ permissions: { [flow.id]: [] } })
})
