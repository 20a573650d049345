import { catalog } from '@runnel/components/catalog'
import { updateMessage } from '@runnel/protocol/monitor-messages'
import {
  deleteSharedSession,
  listSharedMessages,
  listSharedSessions,
  renameSharedSession,
  updateSharedMessage,
} from '@runnel/protocol/shared-messages'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCalls, recordsOf } from '../builds/test-build.ts'
import { virtualFlowId } from '../runs/visitor-history.ts'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { component, echoFlow } from '../test-flows.ts'

const nowhere = '00000000-0000-4000-8000-000000000000'
let server: TestApp
let eve: TestPerson
let bob: TestPerson
let source_flow_id: string

beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  eve = await server.person('eve')
  bob = await server.person('bob')
  const ada = buildCalls(server, { 'x-api-key': server.apiKey })
  source_flow_id = await ada.store(echoFlow(), { access_type: 'PUBLIC' })
})
afterAll(() => server.close())

/** Says something to the public flow, and waits for the answer. */
async function say(text: string, session: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const url = `/api/v1/build_public_tmp/${source_flow_id}/flow?event_delivery=direct`
  const answer = await buildCalls(server, headers).post(url, { inputs: { input_value: text, session } })
  expect(recordsOf(answer.body).at(-1)?.event).toBe('end')
}
const as = (person: TestPerson) => ({ 'x-api-key': person.apiKey, cookie: 'client_id=browser' })
const query = () => ({ source_flow_id })

test('a signed-in visitor has a history of their own, which others and other browsers do not see', async () => {
  await say('from eve', 'one', as(eve))
  await say('from bob', 'one', as(bob))
  await say('from a stranger', 'one', { cookie: 'client_id=browser' })
  const found = await eve.client.call(listSharedMessages, { query: query() })
  const flowId = virtualFlowId(eve.user.id, source_flow_id)
  expect(found.map(({ text, flow_id, session_id }) => [text, flow_id, session_id])).toEqual([
    ['from eve', flowId, `${flowId}:one`],
    ['from eve', flowId, `${flowId}:one`],
  ])
  await expect(
    eve.client.call(listSharedMessages, { query: { source_flow_id, session_id: 'another' } }),
  ).resolves.toEqual([])
  await expect(eve.client.call(listSharedSessions, { query: query() })).resolves.toEqual([`${flowId}:one`])
})

test('what is read again tells no more of the flow than what was read at first', async () => {
  const ada = buildCalls(server, { 'x-api-key': server.apiKey })
  const broken = flow({ ask: component('ChatInput'), work: component('Agent'), say: component('ChatOutput') }, [
    'ask.message -> work.input_value',
    'work.response -> say.input_value',
  ])
  const query = { source_flow_id: await ada.store(broken, { access_type: 'PUBLIC' }) }
  const url = `/api/v1/build_public_tmp/${query.source_flow_id}/flow?event_delivery=direct`
  await buildCalls(server, as(eve)).post(url, { inputs: { input_value: 'hello' } })
  const found = await eve.client.call(listSharedMessages, { query })
  expect(found.map(({ text }) => text)).toEqual(['hello', 'The flow could not answer.'])
  const [said] = found
  const params = { message_id: said?.id ?? '' }
  const changed = await eve.client.call(updateSharedMessage, { params, query, body: { text: 'hello again' } })
  for (const hidden of ['Agent', 'ChatInput']) expect(JSON.stringify([found, changed])).not.toContain(hidden)
})

test('a cookie does not open the history of a user', async () => {
  const url = `/api/v1/build_public_tmp/${source_flow_id}/flow`
  const answer = await buildCalls(server, { cookie: `client_id=${eve.user.id}` }).post(url, {})
  expect([answer.statusCode, answer.json().detail]).toEqual([400, 'No client_id cookie found'])
})

test('a visitor edits, renames and deletes what is theirs, and nothing else', async () => {
  const [first] = await eve.client.call(listSharedMessages, { query: query() })
  const params = { message_id: first?.id ?? '' }
  const body = { text: 'changed' }
  const missing = { status: 404, detail: 'Message not found' }
  await expect(bob.client.call(updateSharedMessage, { params, query: query(), body })).rejects.toMatchObject(missing)
  await expect(bob.client.call(updateMessage, { params, body })).rejects.toMatchObject(missing)
  await expect(eve.client.call(updateSharedMessage, { params, query: query(), body })).resolves.toMatchObject({
    text: 'changed',
    edit: true,
  })

  const flowId = virtualFlowId(eve.user.id, source_flow_id)
  const renamed = { params: { old_session_id: `${flowId}:one` }, query: { source_flow_id, new_session_id: 'two' } }
  await expect(bob.client.call(renameSharedSession, renamed)).rejects.toMatchObject({ status: 404 })
  const found = await eve.client.call(renameSharedSession, renamed)
  expect(found.map(({ session_id }) => session_id)).toEqual([`${flowId}:two`, `${flowId}:two`])

  const gone = { params: { session_id: `${flowId}:two` }, query: query() }
  await bob.client.call(deleteSharedSession, gone)
  await expect(eve.client.call(listSharedMessages, { query: query() })).resolves.toHaveLength(2)
  await eve.client.call(deleteSharedSession, gone)
  await expect(eve.client.call(listSharedMessages, { query: query() })).resolves.toEqual([])
  await expect(bob.client.call(listSharedMessages, { query: query() })).resolves.toHaveLength(2)
})

test('a flow that is private, or is not there, has no visitors', async () => {
  const own = await buildCalls(server, { 'x-api-key': server.apiKey }).store({ nodes: [], edges: [] })
  for (const source_flow_id of [own, nowhere]) {
    const asked = { query: { source_flow_id } }
    const missing = { status: 404, detail: 'Flow not found' }
    await expect(eve.client.call(listSharedMessages, asked)).rejects.toMatchObject(missing)
    await expect(eve.client.call(listSharedSessions, asked)).rejects.toMatchObject(missing)
    const session = { ...asked, params: { session_id: 'one' } }
    await expect(eve.client.call(deleteSharedSession, session)).rejects.toMatchObject(missing)
  }
})
