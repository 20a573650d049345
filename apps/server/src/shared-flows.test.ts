import { catalog } from '@runnel/components/catalog'
import { cancelBuild, readBuildEvents, startBuild } from '@runnel/protocol/builds'
import { uploadFlowFile } from '@runnel/protocol/files'
import { listFlowEvents, patchGraph } from '@runnel/protocol/flow-changes'
import {
  activateFlowVersion,
  createFlowVersion,
  forkFlow,
  listFlowVersions,
  overwriteFlow,
  readVersionState,
} from '@runnel/protocol/flow-versions'
import {
  createFlow,
  createFlows,
  deleteFlows,
  type FlowRead,
  listFlows,
  putFlow,
  readFlow,
  updateFlow,
} from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { listRuns } from '@runnel/protocol/monitor'
import { listMessages } from '@runnel/protocol/monitor-messages'
import { readPermissions } from '@runnel/protocol/permissions'
import { addProjectMember } from '@runnel/protocol/project-members'
import { createProject, readProject, updateProject } from '@runnel/protocol/projects'
import { publishFlow, restorePublishedVersion } from '@runnel/protocol/publications'
import { createResponse } from '@runnel/protocol/responses'
import type { ProjectRole } from '@runnel/protocol/roles'
import { runFlow } from '@runnel/protocol/runs'
import { startV2Run } from '@runnel/protocol/v2-workflows'
import { createVariable, listVariables } from '@runnel/protocol/variables'
import { runWorkflow } from '@runnel/protocol/workflow'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createMemberships } from './projects/memberships.ts'
import { type TestApp, testApp } from './test-app.ts'
import { component, graphOf } from './test-flows.ts'

const SECRET = 'sk-only-ada-knows'
let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
})
afterAll(() => server.close())

/** Says what it is told after a greeting; a model that is joined to nothing holds a secret. */
const withSecret = (greeting = 'Hello') =>
  flow(
    {
      ask: component('ChatInput'),
      model: { component: component('OpenAIModel'), set: { api_key: SECRET, openai_api_base: 'https://api.example' } },
      prompt: { component: component('Prompt'), set: { template: greeting } },
      say: component('ChatOutput'),
    },
    ['prompt.prompt -> say.input_value'],
  )

let named = 0
/** A flow of Ada's with a secret, in a project she shares. */
async function shared(role: ProjectRole) {
  const { client: ada, user } = server
  const eve = await server.person(`eve ${++named}`)
  const { id: folder_id } = await ada.call(createProject, { body: { name: 'Ours' } })
  const body = { name: 'Shared', folder_id, data: graphOf(withSecret()) }
  const made = await ada.call(createFlow, { body })
  await ada.call(addProjectMember, { params: { project_id: folder_id }, body: { username: eve.user.username, role } })
  const params = { flow_id: made.id }
  return {
    ada,
    adaId: user.id,
    eve: eve.client,
    name: eve.user.username,
    apiKey: eve.apiKey,
    folder_id,
    params,
    flow: made,
    /** What is stored, in words. */
    stored: async () => JSON.stringify(await ada.call(readFlow, { params })),
    seen: () => eve.client.call(readFlow, { params }),
  }
}

/** The data of a flow, as bodies take it. */
const dataOf = ({ data }: Pick<FlowRead, 'data'>) => structuredClone(data) as ReturnType<typeof graphOf>
const fieldsOf = (data: ReturnType<typeof graphOf>, type: string) => {
  const node = data.nodes.find((one) => Reflect.get(Object(one.data), 'type') === type)
  return Object(Reflect.get(Object(Reflect.get(Object(node?.data), 'node')), 'template'))
}

describe('secrets', () => {
  test('are shown to nobody but who made the flow, whichever way it is read', async () => {
    const { eve, ada, params, folder_id, flow, seen } = await shared('editor')
    await ada.call(publishFlow, { params })
    const { id: version_id } = await ada.call(createFlowVersion, { params })
    const project = { project_id: folder_id }
    const headers = { 'if-match': flow.version_token }
    const answers = [
      await seen(),
      await eve.call(listFlows, {}),
      await eve.call(listFlows, { query: { folder_id, get_all: false } }),
      await eve.call(readProject, { params: project }),
      await eve.call(readProject, { params: project, query: { page: 1, size: 9 } }),
      await eve.call(updateFlow, { params, body: { description: 'Changed' } }),
      await eve.call(putFlow, { params, body: { name: 'Shared' } }),
      await eve.call(forkFlow, { params }),
      await eve.call(overwriteFlow, { params, headers, body: { data: dataOf(await seen()) } }),
      await eve.call(activateFlowVersion, { params: { ...params, version_id } }),
      await eve.call(restorePublishedVersion, { params: { ...params, version: 1 } }),
    ]
    for (const answer of answers) expect(JSON.stringify(answer)).not.toContain(SECRET)
    expect(JSON.stringify(await ada.call(readFlow, { params }))).toContain(SECRET)
  })

  test('stay as they are when an editor saves what they see', async () => {
    const { eve, params, stored, seen } = await shared('editor')
    await eve.call(updateFlow, { params, body: { data: dataOf(await seen()) } })
    expect(await stored()).toContain(SECRET)
    const before = await seen()
    const patch = [{ op: 'replace', path: '/nodes/0/position/x', value: 7 } as const]
    await eve.call(patchGraph, { params, headers: { 'if-match': before.version_token }, body: { patch } })
    expect(await stored()).toContain(SECRET)
    await eve.call(publishFlow, { params, body: { data: dataOf(await seen()) } })
    expect(await stored()).toContain(SECRET)
  })

  test('are replaced by what an editor enters', async () => {
    const { eve, params, stored, seen } = await shared('editor')
    const data = dataOf(await seen())
    Object.assign(fieldsOf(data, 'OpenAIModel').api_key, { value: 'sk-of-eve' })
    await eve.call(updateFlow, { params, body: { data } })
    expect(await stored()).toContain('sk-of-eve')
    expect(await stored()).not.toContain(SECRET)
  })

  test('do not come out when their field is made one that anybody may read, or is moved elsewhere', async () => {
    const { eve, params, stored, seen } = await shared('editor')
    const open = dataOf(await seen())
    Object.assign(fieldsOf(open, 'OpenAIModel').api_key, { password: false })
    await eve.call(updateFlow, { params, body: { data: open } })
    expect(await stored()).not.toContain(SECRET)

    const other = await shared('editor')
    const moved = dataOf(await other.seen())
    for (const { data } of moved.nodes) {
      if (Reflect.get(Object(data), 'type') === 'OpenAIModel') Object.assign(Object(data), { type: 'Another' })
    }
    await other.eve.call(updateFlow, { params: other.params, body: { data: moved } })
    expect(await other.stored()).not.toContain(SECRET)
  })

  test('do not come out by a patch of the field that hides them', async () => {
    const { eve, params, seen } = await shared('editor')
    const before = await seen()
    const at = dataOf(before).nodes.findIndex((one) => Reflect.get(Object(one.data), 'type') === 'OpenAIModel')
    const patch = [{ op: 'replace', path: `/nodes/${at}/data/node/template/api_key/password`, value: false } as const]
    await eve.call(patchGraph, { params, headers: { 'if-match': before.version_token }, body: { patch } })
    expect(JSON.stringify(await seen())).not.toContain(SECRET)
  })
})

test('what members do carries their names', async () => {
  const { eve, ada, name, params, seen } = await shared('editor')
  await eve.call(updateFlow, { params, body: { data: dataOf(await seen()) } })
  await expect(ada.call(readVersionState, { params })).resolves.toMatchObject({ last_modified_by_username: name })
  await expect(ada.call(listFlowEvents, { params })).resolves.toMatchObject({ events: [{ author: name }] })
  await eve.call(createFlowVersion, { params })
  await ada.call(createFlowVersion, { params })
  const { entries } = await ada.call(listFlowVersions, { params })
  expect(entries.map(({ username }) => username)).toEqual(['ada', name])
  await expect(eve.call(publishFlow, { params })).resolves.toMatchObject({ published_by: name })
  const conflict = ada.call(updateFlow, {
    params,
    headers: { 'if-match': newId() },
    body: { data: dataOf(await seen()) },
  })
  await expect(conflict).rejects.toMatchObject({ detail: { modified_by: { username: name } } })
  await ada.call(updateFlow, { params, body: { data: dataOf(await ada.call(readFlow, { params })) } })
  await expect(eve.call(readVersionState, { params })).resolves.toMatchObject({ last_modified_by_username: 'ada' })
})

describe('runs of members', () => {
  const body = { input_value: 'Hi', session_id: 'talk' }
  const eventsOf = async (who: Pick<TestApp['client'], 'request'>, job_id: string) =>
    (await who.request(readBuildEvents, { params: { job_id }, query: { stream: false } })).text()

  test('are those of who made the flow, with their variables, and everybody of the project reads them', async () => {
    const { ada, eve, adaId, params, folder_id } = await shared('runner')
    await ada.call(createVariable, { body: { name: `GREETING_${folder_id}`, value: 'Ada greets you' } })
    const data = dataOf(await ada.call(readFlow, { params }))
    Object.assign(fieldsOf(data, 'ChatOutput').sender_name, { load_from_db: true, value: `GREETING_${folder_id}` })
    await ada.call(updateFlow, { params, body: { data } })
    const answer = await eve.call(runFlow, { params: { flow_id_or_name: params.flow_id }, body })
    expect(JSON.stringify(answer)).toContain('Ada greets you')
    const seen = await eve.call(listMessages, { query: params })
    expect(seen).toEqual(await ada.call(listMessages, { query: params }))
    expect(seen).toContainEqual(expect.objectContaining({ sender_name: 'Ada greets you' }))
    expect(await server.storage.runs.list({ userId: adaId, flowId: params.flow_id, limit: 9 })).toHaveLength(1)
    expect(await eve.call(listVariables, {})).toEqual([])
    expect(await eve.call(listMessages, {})).toEqual([])
  })

  test('say who began them, however that was', async () => {
    const { ada, eve, apiKey, name, params, flow } = await shared('runner')
    await ada.call(publishFlow, { params })
    const named = { flow_id_or_name: flow.id }
    await eve.call(runFlow, { params: named, body })
    await eve.call(createResponse, { body: { model: flow.id, input: 'Hi' } })
    await eve.call(startV2Run, { body: { flow_id: flow.id, input_value: 'Hi' } })
    await eve.call(startV2Run, { body: { flow_id: flow.id, input_value: 'Hi', mode: 'background' } })
    await eve.call(runWorkflow, { params: { workflow_id: flow.id }, body: { input: { text: 'Hi' } } })
    const headers = { 'x-api-key': apiKey }
    await server.app.inject({ method: 'POST', url: `/api/v1/webhook/${flow.id}`, headers, payload: 'Hi' })
    const { job_id } = await eve.call(startBuild, { params, body: { stop_component_id: 'ChatOutput-say' } })
    await eventsOf(eve, job_id)
    const ofMember = await ada.call(listRuns, { query: params })
    expect(ofMember.runs.map(({ started_by }) => started_by)).toEqual(Array.from({ length: 7 }, () => name))
    await ada.call(runFlow, { params: named, body })
    await expect(eve.call(listRuns, { query: { ...params, limit: 1 } })).resolves.toMatchObject({
      runs: [{ started_by: null }],
    })
  })

  test('tweak nothing that says where secrets go, unless they may change the flow', async () => {
    const tweaks = { OpenAIModel: { openai_api_base: 'https://eve.example' } }
    const runner = await shared('runner')
    const asked = (flow_id: string) => ({ params: { flow_id_or_name: flow_id }, body: { ...body, tweaks } })
    await expect(runner.eve.call(runFlow, asked(runner.params.flow_id))).rejects.toMatchObject({ status: 403 })
    const editor = await shared('editor')
    await expect(editor.eve.call(runFlow, asked(editor.params.flow_id))).resolves.toMatchObject({ session_id: 'talk' })
  })

  test('go with values of variables of their own only for those who may change the flow', async () => {
    for (const [role, name] of [
      ['runner', 'Ada'],
      ['editor', 'Eve'],
    ] as const) {
      const { ada, eve, params, folder_id } = await shared(role)
      const variable = `NAME-${folder_id}`
      await ada.call(createVariable, { body: { name: variable, value: 'Ada' } })
      const data = dataOf(await ada.call(readFlow, { params }))
      Object.assign(fieldsOf(data, 'ChatOutput').sender_name, { load_from_db: true, value: variable })
      await ada.call(updateFlow, { params, body: { data } })
      const headers = { [`x-langflow-global-var-${variable}`]: 'Eve' }
      const ran = await eve.call(runFlow, { params: { flow_id_or_name: params.flow_id }, body, headers })
      expect(JSON.stringify(ran)).toContain(`"sender_name":"${name}"`)
      const job = await eve.call(startV2Run, {
        body: { flow_id: params.flow_id, input_value: 'Hi', globals: { [variable]: 'Eve' } },
      })
      expect(job).toMatchObject({ status: 'completed' })
      const asked = { stop_component_id: 'ChatOutput-say', variables: { [variable]: 'Eve' } }
      const { job_id } = await eve.call(startBuild, { params, body: asked })
      expect(await eventsOf(eve, job_id)).toContain(`"sender_name": "${name}"`)
      const said = await ada.call(listMessages, { query: { ...params, sender_name: name } })
      expect(said).toHaveLength(3)
    }
  })

  test('build the flow as it is stored, or, for editors, as they have drawn it', async () => {
    const drawn = graphOf(withSecret('Drawn by Eve'))
    for (const [role, said] of [
      ['runner', 'Hello'],
      ['editor', 'Drawn by Eve'],
    ] as const) {
      const { ada, eve, params } = await shared(role)
      const body = { data: drawn, stop_component_id: 'ChatOutput-say' }
      const { job_id } = await eve.call(startBuild, { params, body })
      const events = await eventsOf(eve, job_id)
      expect(events).toContain(said)
      expect(events).not.toContain(SECRET)
      await expect(ada.call(readBuildEvents, { params: { job_id } })).rejects.toMatchObject({ status: 404 })
      await expect(ada.call(cancelBuild, { params: { job_id } })).rejects.toMatchObject({ status: 404 })
    }
  })

  test('are given files of the flow, and no others of who made it', async () => {
    const { ada, eve, adaId, params } = await shared('runner')
    const form = new FormData()
    form.append('file', new Blob(['text']), 'a.txt')
    const { file_path } = await eve.call(uploadFlowFile, { params, form })
    const inputs = { input_value: 'Hi' }
    await expect(eve.call(startBuild, { params, body: { inputs, files: [file_path] } })).resolves.toBeDefined()
    for (const path of [`${adaId}/a.txt`, `${params.flow_id}/../${adaId}/a.txt`]) {
      const started = eve.call(startBuild, { params, body: { inputs, files: [path] } })
      await expect(started).rejects.toMatchObject({ status: 404, detail: 'File not found' })
    }
    await expect(ada.call(startBuild, { params, body: { inputs, files: [`${adaId}/a.txt`] } })).resolves.toBeDefined()
  })
})

describe('the flows of a shared project', () => {
  test('belong to who made it, whoever of its editors makes them', async () => {
    const { eve, adaId, name, folder_id } = await shared('editor')
    const made = await eve.call(createFlow, { body: { name: 'New', folder_id } })
    expect(made).toMatchObject({ user_id: adaId, folder_id, owner_username: 'ada', role: 'editor' })
    const put = await eve.call(putFlow, { params: { flow_id: newId() }, body: { name: 'Put', folder_id } })
    expect(put).toMatchObject({ user_id: adaId, folder_id })
    await expect(eve.call(readVersionState, { params: { flow_id: put.id } })).resolves.toMatchObject({
      last_modified_by_username: name,
    })
    const [batch] = await eve.call(createFlows, { body: { flows: [{ name: 'Batch', folder_id }] } })
    expect(batch?.folder_id).not.toBe(folder_id)
  })

  test('are not made in it by those who may not change it', async () => {
    const { eve, folder_id } = await shared('runner')
    const made = eve.call(createFlow, { body: { name: 'New', folder_id } })
    await expect(made).rejects.toMatchObject({
      status: 403,
      detail: 'This needs the role editor in the project, and yours is runner',
    })
  })

  test('are taken out of it by its owners alone, and never to somebody else', async () => {
    const editor = await shared('editor')
    const { id: second } = await editor.ada.call(createProject, { body: { name: 'Second' } })
    const share = { params: { project_id: second }, body: { username: editor.name, role: 'editor' } } as const
    await editor.ada.call(addProjectMember, share)
    const move = (folder_id: string) => editor.eve.call(updateFlow, { params: editor.params, body: { folder_id } })
    await expect(move(second)).rejects.toMatchObject({ status: 403 })
    const put = { params: editor.params, body: { name: 'Shared', folder_id: second } }
    await expect(editor.eve.call(putFlow, put)).rejects.toMatchObject({ status: 403 })
    const own = await editor.eve.call(createProject, { body: { name: 'Eve' } })
    await expect(move(own.id)).rejects.toMatchObject({ status: 400 })
    const { id: hidden } = await editor.ada.call(createProject, { body: { name: 'Hidden' } })
    await expect(move(hidden)).rejects.toMatchObject({ status: 404, detail: 'Project not found' })
  })

  test('are the only ones of who made it that an owner moves, or a list of ids reaches', async () => {
    const { ada, eve, params, folder_id } = await shared('owner')
    const { id: hidden } = await ada.call(createFlow, { body: { name: 'Hidden' } })
    const project = { project_id: folder_id }
    for (const body of [{ flows: [params.flow_id, hidden] }, { components: [hidden] }, { parent_id: hidden }]) {
      await expect(eve.call(updateProject, { params: project, body })).rejects.toMatchObject({ status: 404 })
    }
    await expect(eve.call(deleteFlows, { body: [params.flow_id, hidden] })).rejects.toMatchObject({ status: 404 })
    await expect(
      eve.call(putFlow, { params: { flow_id: hidden }, body: { name: 'E', folder_id } }),
    ).rejects.toMatchObject({
      status: 404,
    })
    const mine = await eve.call(createFlow, { body: { name: 'Mine' } })
    await expect(eve.call(deleteFlows, { body: [params.flow_id, mine.id] })).rejects.toMatchObject({ status: 400 })
    await expect(eve.call(updateProject, { params: project, body: { name: 'Renamed' } })).resolves.toMatchObject({
      name: 'Renamed',
      owner_username: 'ada',
      is_owner: false,
      role: 'owner',
    })
    await expect(eve.call(deleteFlows, { body: [params.flow_id] })).resolves.toEqual({ deleted: 1 })
    await expect(ada.call(readFlow, { params: { flow_id: hidden } })).resolves.toMatchObject({ name: 'Hidden' })
  })

  test('lead to no other flow of who made them, were they called by its id', async () => {
    const { ada, eve, params } = await shared('editor')
    const { id: hidden } = await ada.call(createFlow, { body: { name: 'Hidden', data: graphOf(withSecret()) } })
    await eve.call(updateFlow, { params, body: { endpoint_name: hidden } })
    for (const reach of [
      () => eve.call(readFlow, { params: { flow_id: hidden } }),
      () => eve.call(updateFlow, { params: { flow_id: hidden }, body: { description: 'Eve' } }),
      () => eve.call(runFlow, { params: { flow_id_or_name: hidden }, body: { input_value: 'Hi' } }),
    ]) {
      await expect(reach()).rejects.toMatchObject({ status: 404 })
    }
  })

  test('may be what the roles of their members allow', async () => {
    const { eve, params, folder_id } = await shared('runner')
    const { id: own } = await eve.call(createFlow, { body: { name: 'Own' } })
    const ask = async (resource_type: string, ids: readonly string[]) =>
      (await eve.call(readPermissions, { body: { resource_type, resource_ids: [...ids] } })).permissions
    const all = ['read', 'write', 'execute', 'delete', 'deploy']
    const stranger = newId()
    expect(await ask('flow', [own, params.flow_id, stranger])).toEqual({
      [own]: all,
      [params.flow_id]: ['read', 'execute'],
      [stranger]: [],
    })
    expect(await ask('project', [folder_id])).toEqual({ [folder_id]: ['read', 'execute'] })
  })
})

test('calls about one’s own flows look nothing up a second time, and never who shares them', async () => {
  const { ada, params, flow } = await shared('viewer')
  const { storage, user, clock } = server
  const version = vi.fn(storage.flows.version)
  const inFlow = vi.fn(storage.projectMembers.inFlow)
  const counted = {
    ...storage,
    flows: { ...storage.flows, version },
    projectMembers: { ...storage.projectMembers, inFlow },
  }
  const memberships = createMemberships({ storage: counted, now: clock.now })
  for (let call = 0; call < 3; call++) {
    expect(await memberships.of(user, runFlow, { params: { flow_id_or_name: flow.id } })).toBeUndefined()
  }
  expect([version.mock.calls.length, inFlow.mock.calls.length]).toEqual([1, 0])
  await expect(ada.call(readFlow, { params })).resolves.not.toHaveProperty('role')
})
