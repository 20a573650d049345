import { catalog } from '@runnel/components/catalog'
import type { Endpoint } from '@runnel/protocol/endpoint'
import { exampleFlowId, exampleGraph, exampleProject } from '@runnel/protocol/examples'
import { createFlowTest } from '@runnel/protocol/flow-tests'
import { createFlowVersion } from '@runnel/protocol/flow-versions'
import { createFlow } from '@runnel/protocol/flows'
import { addProjectMember } from '@runnel/protocol/project-members'
import { createProject } from '@runnel/protocol/projects'
import { publishFlow } from '@runnel/protocol/publications'
import { PROJECT_ROLES, type ProjectRole, SHARED_THINGS } from '@runnel/protocol/roles'
import { runFlow } from '@runnel/protocol/runs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from './test-app.ts'
import { echoFlow, graphOf } from './test-flows.ts'

/** The least role that may call each endpoint for what somebody else shares; an endpoint that is not here is closed. */
const ROLES: Readonly<Record<ProjectRole, readonly string[]>> = {
  viewer: [
    'GET /api/v1/projects/:project_id',
    'GET /api/v1/folders/:project_id',
    'GET /api/v1/projects/:project_id/members',
    'DELETE /api/v1/projects/:project_id/members/:user_id',
    'GET /api/v1/projects/download/:project_id',
    'GET /api/v1/folders/download/:project_id',
    'GET /api/v1/flows/',
    'GET /api/v1/flows/read',
    'GET /api/v1/flows/:flow_id',
    'POST /api/v1/flows/download/',
    'GET /api/v1/flows/:flow_id/version-state',
    'GET /api/v1/flows/:flow_id/note_translations',
    'GET /api/v1/flows/:flow_id/versions/',
    'GET /api/v1/flows/:flow_id/versions/:version_id',
    'GET /api/v1/flows/:flow_id/events',
    'GET /api/v1/flows/:flow_id/sharing',
    'GET /api/v1/files/list/:flow_id',
    'GET /api/v1/files/download/:flow_id/:file_name',
    'GET /api/v1/files/images/:flow_id/:file_name',
    'GET /v1/api/workflow/:workflow_id/openapi.json',
    'GET /v1/api/workflow/:workflow_id/types.ts',
    'GET /api/v1/publications/:flow_id',
    'GET /api/v1/publications/:flow_id/check',
    'GET /api/v1/publications/:flow_id/versions/:version',
    'GET /api/v1/publications/:flow_id/diff',
    'GET /api/v1/build/:flow_id/nodes/:node_id/outputs/:output',
    'GET /api/v1/monitor/builds',
    'GET /api/v1/monitor/transactions',
    'GET /api/v1/monitor/runs',
    'GET /api/v1/monitor/runs/:run_id/graph',
    'GET /api/v1/monitor/runs/:run_id/trace',
    'GET /api/v1/monitor/runs/:run_id',
    'GET /api/v1/monitor/summary',
    'GET /api/v1/monitor/test_scores',
    'GET /api/v1/flows/:flow_id/tests',
    'GET /api/v1/flows/:flow_id/test_runs',
    'GET /api/v1/flows/:flow_id/test_runs/:test_run_id',
    'GET /api/v1/monitor/messages',
    'GET /api/v1/monitor/messages/count',
    'GET /api/v1/monitor/messages/sessions',
  ],
  runner: [
    'DELETE /api/v1/files/delete/:flow_id/:file_name',
    'POST /api/v1/files/upload/:flow_id',
    'POST /api/v1/upload/:flow_id',
    'POST /v1/api/workflow/run/:workflow_id',
    'POST /api/v1/run/:flow_id_or_name',
    'POST /api/v1/run/session/:flow_id_or_name',
    'POST /api/v1/run/advanced/:flow_id_or_name',
    'POST /api/v1/build/:flow_id/flow',
    'POST /api/v1/flows/:flow_id/test_runs',
    'POST /api/v1/flows/:flow_id/test_runs/:test_run_id/cancel',
    'PUT /api/v1/monitor/messages/:message_id',
    'DELETE /api/v1/monitor/messages',
    'DELETE /api/v1/monitor/messages/sessions',
    'PATCH /api/v1/monitor/messages/session/:old_session_id',
    'DELETE /api/v1/monitor/messages/session/:session_id',
    'GET /api/v1/task/:task_id',
    'DELETE /api/v1/task/:task_id',
    'POST /api/v1/responses',
    'POST /api/v1/webhook/:flow_id_or_name',
    'POST /api/v2/workflows',
    'GET /api/v2/workflows',
    'POST /api/v2/workflows/stop',
  ],
  editor: [
    'POST /api/v1/flows/',
    'PATCH /api/v1/flows/:flow_id',
    'PUT /api/v1/flows/:flow_id',
    'DELETE /api/v1/flows/:flow_id',
    'DELETE /api/v1/flows/',
    'POST /api/v1/flows/upload/',
    'POST /api/v1/flows/:flow_id/overwrite',
    'POST /api/v1/flows/:flow_id/fork',
    'POST /api/v1/flows/:flow_id/versions/',
    'POST /api/v1/flows/:flow_id/versions/:version_id/activate',
    'DELETE /api/v1/flows/:flow_id/versions/:version_id',
    'PATCH /api/v1/flows/:flow_id/graph',
    'POST /api/v1/flows/:flow_id/tests',
    'PUT /api/v1/flows/:flow_id/tests/:test_id',
    'DELETE /api/v1/flows/:flow_id/tests/:test_id',
    'POST /api/v1/flows/:flow_id/events',
    'PUT /api/v1/flows/:flow_id/sharing',
    'POST /api/v1/publications/:flow_id',
    'PATCH /api/v1/publications/:flow_id',
    'DELETE /api/v1/publications/:flow_id',
    'POST /api/v1/publications/:flow_id/rollback',
    'POST /api/v1/publications/:flow_id/versions/:version/restore',
    'DELETE /api/v1/publications/:flow_id/versions/:version',
    'DELETE /api/v1/monitor/builds',
    'DELETE /api/v1/monitor/runs',
  ],
  owner: [
    'PATCH /api/v1/projects/:project_id',
    'PATCH /api/v1/folders/:project_id',
    'POST /api/v1/projects/:project_id/members',
    'PATCH /api/v1/projects/:project_id/members/:user_id',
  ],
}

/** What those that are not content with an example answer, once they have found what is meant. */
const ANSWERS: Readonly<Record<string, number>> = {
  'GET /api/v1/build/:flow_id/nodes/:node_id/outputs/:output': 404,
  'GET /api/v1/files/download/:flow_id/:file_name': 404,
  'GET /api/v1/files/images/:flow_id/:file_name': 404,
  'DELETE /api/v1/publications/:flow_id/versions/:version': 409,
  'POST /api/v1/flows/:flow_id/test_runs': 404,
  'GET /api/v1/flows/:flow_id/test_runs/:test_run_id': 404,
  'POST /api/v1/flows/:flow_id/test_runs/:test_run_id/cancel': 404,
  'PATCH /api/v1/flows/:flow_id/graph': 428,
  'POST /api/v1/flows/:flow_id/overwrite': 428,
}
let server: TestApp
let stranger: TestPerson
let members: Readonly<Record<ProjectRole, TestPerson>>
let endpoints: readonly Endpoint[]
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog, env: { FLOWAI_RATE_LIMIT: '0' } })
  endpoints = server.app.http.endpoints
  stranger = await server.person('stranger')
  const [viewer, runner, editor, owner] = await Promise.all(PROJECT_ROLES.map((role) => server.person(`the ${role}`)))
  if (!viewer || !runner || !editor || !owner) throw new Error('There are four roles')
  members = { viewer, runner, editor, owner }
})
afterAll(() => server.close())

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`

/** A project of Ada's with everything in it, shared with one person for each role. */
async function shared() {
  const { client: ada, user } = server
  const { id: projectId } = await ada.call(createProject, { body: { name: 'Shared' } })
  const data = graphOf(echoFlow())
  const { id: flowId } = await ada.call(createFlow, { body: { name: 'Shared', folder_id: projectId, data } })
  const params = { flow_id: flowId }
  const { id: versionId } = await ada.call(createFlowVersion, { params })
  const test = { name: 'Echo', input_value: 'Hello', check: 'equals', expected: 'Hello' } as const
  const { id: testId } = await ada.call(createFlowTest, { params, body: test })
  await ada.call(publishFlow, { params })
  await ada.call(runFlow, { params: { flow_id_or_name: flowId }, body: { input_value: 'Hello', session_id: 'talk' } })
  const [run] = await server.storage.runs.list({ userId: user.id, flowId, limit: 1 })
  const [message] = await server.storage.messages.find({ userId: user.id, flowId })
  for (const role of PROJECT_ROLES) {
    const { username } = members[role].user
    await ada.call(addProjectMember, { params: { project_id: projectId }, body: { username, role } })
  }
  return { projectId, flowId, versionId, testId, runId: run?.id ?? '', messageId: message?.id ?? '' }
}
type Shared = Awaited<ReturnType<typeof shared>>

/** A request for what is shared, as complete as the endpoint asks for; `who` is meant where a user is. */
async function send(endpoint: Endpoint, who: TestPerson, given: Shared): Promise<{ status: number; body: string }> {
  const { flowId, projectId, runId, messageId } = given
  const ids: Readonly<Record<string, string>> = {
    flow_id: flowId,
    flow_id_or_name: flowId,
    workflow_id: flowId,
    component_id: flowId,
    source_flow_id: flowId,
    model: flowId,
    project_id: projectId,
    folder_id: projectId,
    run_id: runId,
    job_id: runId,
    task_id: runId,
    request_id: runId,
    message_id: messageId,
    version_id: given.versionId,
    test_id: given.testId,
    test_run_id: runId,
    version: '1',
    user_id: who.user.id,
    session_id: 'talk',
    old_session_id: 'talk',
    new_session_id: 'told',
    file_name: 'no.png',
    node_id: 'no',
    vertex_id: 'no',
    output: 'no',
    username: stranger.user.username,
  }
  const url = new URL(`http://localhost${endpoint.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'no')}`)
  const shape = endpoint.query && 'shape' in endpoint.query ? Object.keys(Object(endpoint.query.shape)) : []
  for (const name of shape) {
    const id = ids[name]
    if (id !== undefined && name !== 'version' && name !== 'session_id' && name !== 'user_id')
      url.searchParams.set(name, id)
  }
  const headers = {
    'x-api-key': who.apiKey,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'if-match': '*',
  }
  const { method, bodyType } = endpoint
  const answer = await server.app.inject({
    method,
    url: `${url.pathname}${url.search}`,
    ...(bodyType === 'multipart'
      ? multipart(headers)
      : { headers, ...(method !== 'GET' && { payload: bodyOf(endpoint, ids) }) }),
  })
  return { status: answer.statusCode, body: answer.body }
}

/** The example of the endpoint, of what is shared. */
function bodyOf({ examples, roleOf }: Endpoint, ids: Readonly<Record<string, string>>): string {
  const { body } = examples ?? {}
  if (Array.isArray(body)) return JSON.stringify([ids[`${roleOf ?? 'flow'}_id`]])
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const folder = body !== undefined && 'data' in Object(body) ? { folder_id: ids.folder_id } : {}
  const filled: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(fields.map(([name, value]) => [name, ids[name] ?? value])),
    ...folder,
  }
  const text = JSON.stringify({
    ...filled,
    ...('version' in filled && { version: 1 }),
    ...('flows_list' in filled && { flows_list: [] }),
    ...('name' in filled && { name: `Named ${ids.flow_id}` }),
    ...('endpoint_name' in filled && { endpoint_name: `at-${ids.flow_id}` }),
  })
  return text.replaceAll(exampleFlowId, ids.flow_id ?? '').replaceAll(exampleProject.id, ids.project_id ?? '')
}

function multipart(headers: Readonly<Record<string, string>>) {
  const file = JSON.stringify({ name: 'Uploaded', data: exampleGraph })
  const part = `content-disposition: form-data; name="file"; filename="a.json"\r\ncontent-type: application/json`
  const payload = `--line\r\n${part}\r\n\r\n${file}\r\n--line--\r\n`
  return { headers: { ...headers, 'content-type': 'multipart/form-data; boundary=line' }, payload }
}

/** All that an endpoint may be told in its address, and at the top of its body. */
const keysOf = ({ params, query, body }: Endpoint): readonly string[] =>
  [params, query, body].flatMap((schema) => Object.keys(Object(Reflect.get(Object(schema), 'shape'))))

test('every endpoint has the role that is written here, and all others have none', () => {
  const declared = (role: ProjectRole) => endpoints.filter((one) => one.role === role).map(nameOf)
  for (const role of PROJECT_ROLES) expect(declared(role).toSorted()).toEqual(ROLES[role].toSorted())
})

test('what an endpoint with a role is given, and may belong to somebody, is looked up', () => {
  const ofTheFlow = ['version_id', 'node_id', 'session_id', 'old_session_id', 'new_session_id', 'previous_response_id']
  const byTheFlow = ['test_id', 'test_run_id', 'saved_version_id']
  const ofOthers = ['user_id', 'key_id', 'output_ids']
  // `checkReach` keeps these inside the project.
  const checked = ['parent_id', 'flows', 'components']
  const known = [...Object.keys(SHARED_THINGS), ...ofTheFlow, ...byTheFlow, ...ofOthers, ...checked]
  const strange = endpoints
    .filter(({ role }) => role !== undefined)
    .flatMap((one) => keysOf(one).map((key) => `${nameOf(one)}: ${key}`))
    .filter((text) => /(_ids?|: flows|: components)$/.test(text) && !known.includes(text.split(': ')[1] ?? ''))
    .filter((text) => !text.endsWith('_component_id'))
  expect(strange).toEqual([])
})

describe('for what is shared', () => {
  const open = PROJECT_ROLES.flatMap((role) => ROLES[role].map((name) => [name, role] as const))
  test.each(open)('%s is answered from the role %s on', async (name, least) => {
    const endpoint = endpoints.find((one) => nameOf(one) === name)
    if (!endpoint) throw new Error(`No endpoint ${name}`)
    const given = await shared()
    const order = PROJECT_ROLES
    for (const role of order.slice(0, order.indexOf(least))) {
      const { status, body } = await send(endpoint, members[role], given)
      expect([role, status, body]).toEqual([role, 403, expect.stringContaining(`needs the role ${least} `)])
    }
    const { status, body } = await send(endpoint, members[least], given)
    expect([body, status]).toEqual([expect.any(String), ANSWERS[name] ?? expect.toBeOneOf([200, 201, 202, 204])])
    expect(body).not.toMatch(/needs the role|(Flow|Project|Run|Task|Message) not found|No flow of yours/)
  })
})

test('endpoints without a role find nothing that is shared, whatever the role of who asks', async () => {
  const given = await shared()
  const names = [...Object.keys(SHARED_THINGS), 'component_id', 'source_flow_id', 'request_id', 'flows']
  const closed = endpoints.filter(
    (one) => one.role === undefined && one.access !== 'superuser' && keysOf(one).some((key) => names.includes(key)),
  )
  expect(closed.length).toBeGreaterThan(30)
  const before = await server.storage.flows.list(server.user.id)
  for (const endpoint of closed) {
    const [member, anyone] = [await send(endpoint, members.owner, given), await send(endpoint, stranger, given)]
    expect([nameOf(endpoint), member.status]).toEqual([nameOf(endpoint), anyone.status])
    if (member.status >= 400) expect([nameOf(endpoint), member.body]).toEqual([nameOf(endpoint), anyone.body])
  }
  expect(await server.storage.flows.list(server.user.id)).toEqual(before)
})
