import { listAuditEntries } from '@runnel/protocol/audit'
import { createFlow, listFlows, readFlow } from '@runnel/protocol/flows'
import {
  addProjectMember,
  listProjectMembers,
  removeProjectMember,
  updateProjectMember,
} from '@runnel/protocol/project-members'
import { createProject, listProjects, readProject } from '@runnel/protocol/projects'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

/** Ada shares a project with Eve. */
async function shared(role: 'viewer' | 'runner' | 'editor' | 'owner') {
  const server = await testApp({ user: 'ada', superuser: true })
  open.push(server)
  const { client: ada, user } = server
  const eve = await server.person('eve')
  const { id: project_id } = await ada.call(createProject, { body: { name: 'Ours' } })
  const flow = await ada.call(createFlow, { body: { name: 'Shared', folder_id: project_id } })
  await ada.call(createFlow, { body: { name: 'Private' } })
  const params = { project_id }
  const member = await ada.call(addProjectMember, { params, body: { username: 'eve', role } })
  return { server, ada, user, eve, params, flow, member }
}

test('a project is shared, its members are listed with who made it first, and leave again', async () => {
  const { ada, user, eve, params, member } = await shared('viewer')
  expect(member).toMatchObject({ user_id: eve.user.id, username: 'eve', role: 'viewer', is_creator: false })
  const members = await eve.client.call(listProjectMembers, { params })
  expect(members).toEqual(await ada.call(listProjectMembers, { params }))
  expect(members).toEqual([
    { user_id: user.id, username: 'ada', role: 'owner', is_creator: true, created_at: expect.any(String) },
    member,
  ])
  await eve.client.call(removeProjectMember, { params: { ...params, user_id: eve.user.id } })
  expect(await ada.call(listProjectMembers, { params })).toHaveLength(1)
  await expect(eve.client.call(listProjectMembers, { params })).rejects.toMatchObject({ status: 404 })
})

test('only owners manage members, and who made the project stays one', async () => {
  const { server, ada, user, eve, params } = await shared('editor')
  await server.person('bob')
  const asEve = { ...params, user_id: eve.user.id }
  const add = (who = eve.client, username = 'bob') =>
    who.call(addProjectMember, { params, body: { username, role: 'owner' } })
  const needsOwner = { status: 403, detail: 'This needs the role owner in the project, and yours is editor' }
  await expect(add()).rejects.toMatchObject(needsOwner)
  await expect(eve.client.call(updateProjectMember, { params: asEve, body: { role: 'owner' } })).rejects.toMatchObject(
    needsOwner,
  )
  await ada.call(updateProjectMember, { params: asEve, body: { role: 'owner' } })
  const bob = await add()
  await expect(add()).rejects.toMatchObject({ status: 409, detail: 'bob is a member of this project already' })
  await expect(add(ada, 'ada')).rejects.toMatchObject({ status: 409 })
  await expect(add(ada, 'nemo')).rejects.toMatchObject({
    status: 404,
    detail: 'There is no user named nemo on this server',
  })
  const asAda = { params: { ...params, user_id: user.id } }
  await expect(eve.client.call(removeProjectMember, asAda)).rejects.toMatchObject({ status: 400 })
  await expect(eve.client.call(updateProjectMember, { ...asAda, body: { role: 'viewer' } })).rejects.toMatchObject({
    status: 400,
    detail: 'Who made a project always owns it',
  })
  await ada.call(updateProjectMember, { params: asEve, body: { role: 'runner' } })
  await expect(
    eve.client.call(removeProjectMember, { params: { ...params, user_id: bob.user_id } }),
  ).rejects.toMatchObject({ status: 403 })
  await ada.call(removeProjectMember, { params: { ...params, user_id: bob.user_id } })
  await expect(ada.call(removeProjectMember, { params: { ...params, user_id: bob.user_id } })).rejects.toMatchObject({
    status: 404,
    detail: 'This user is no member of the project',
  })
  const { entries } = await ada.call(listAuditEntries, { query: { action: 'project' } })
  expect(entries.filter(({ result }) => result < 300).map(({ action, actor }) => [action, actor])).toEqual([
    ['project.member_remove', 'ada'],
    ['project.member_change', 'ada'],
    ['project.member_add', 'eve'],
    ['project.member_change', 'ada'],
    ['project.member_add', 'ada'],
  ])
})

test('a shared project is listed after one’s own, and its flows among all flows', async () => {
  const { ada, eve, params, flow } = await shared('runner')
  const mine = await eve.client.call(createFlow, { body: { name: 'Mine' } })
  const projects = await eve.client.call(listProjects, {})
  expect(projects.map(({ name, role, is_owner, owner_username }) => [name, role, is_owner, owner_username])).toEqual([
    ['My Projects', 'owner', true, 'eve'],
    ['Ours', 'runner', false, 'ada'],
  ])
  const shown = { id: flow.id, name: 'Shared', owner_username: 'ada', role: 'runner' }
  for (const header_flows of [true, false]) {
    const all = await eve.client.call(listFlows, { query: { header_flows } })
    expect(all).toMatchObject([{ id: mine.id }, shown])
    expect(Object.keys(Object(Object(all)[0]))).not.toContain('role')
    const query = { header_flows, folder_id: params.project_id }
    expect(await eve.client.call(listFlows, { query })).toMatchObject([shown])
    expect(await eve.client.call(listFlows, { query: { ...query, get_all: false } })).toMatchObject({
      total: 1,
      items: [shown],
    })
  }
  await expect(eve.client.call(readProject, { params })).resolves.toMatchObject({ role: 'runner', flows: [shown] })
  await expect(eve.client.call(readFlow, { params: { flow_id: flow.id } })).resolves.toMatchObject(shown)
  expect(await ada.call(listFlows, {})).toHaveLength(2)
})

test('what a deactivated user shares is not found', async () => {
  const { server, user, eve, params } = await shared('owner')
  await server.storage.users.update(user.id, { isActive: false })
  await expect(eve.client.call(readProject, { params })).rejects.toMatchObject({ status: 404 })
  expect(await eve.client.call(listProjects, {})).toHaveLength(1)
})
