import { newId } from '@runnel/protocol/id'
import { emptyProperties } from '@runnel/protocol/message'
import {
  countMessages,
  deleteMessages,
  deleteSession,
  deleteSessions,
  listMessages,
  listSessions,
  renameSession,
} from '@runnel/protocol/monitor-messages'
import type { StoredMessage } from '@runnel/storage/run-records'
import { aMessage } from '@runnel/storage/test-records'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'

let server: TestApp
let eve: TestPerson
beforeEach(async () => {
  await server?.close()
  server = await testApp({ user: 'ada' })
  eve = await server.person('eve')
})
afterAll(() => server.close())

const FIRST = Date.parse('2024-12-23T19:20:11.400Z')
const flowA = newId()
const flowB = newId()

/** Stores messages of ada's, a second apart, and gives their ids. */
async function said(...parts: readonly Partial<StoredMessage>[]): Promise<readonly string[]> {
  const messages = parts.map((part, index) =>
    aMessage(server.user.id, { flow_id: flowA, timestamp: FIRST + index * 1000, ...part }),
  )
  await server.storage.messages.save(messages)
  return messages.map(({ id }) => id)
}
const get = (path: string, apiKey = server.apiKey) =>
  server.app.inject({ method: 'GET', url: `/api/v1/monitor/messages${path}`, headers: { 'x-api-key': apiKey } })
const textsOf = (rows: readonly { readonly text: string }[]) => rows.map(({ text }) => text)
const list = async (query: Parameters<typeof server.client.call<typeof listMessages>>[1]['query'] = {}) =>
  textsOf(await server.client.call(listMessages, { query }))

describe('the list', () => {
  test('holds only what the columns are filtered by', async () => {
    const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 }
    await said(
      { text: 'plain' },
      { text: 'counted', properties: { ...emptyProperties, usage } },
      { text: 'failed', error: true, category: 'error' },
      { text: 'changed', edit: true },
      { text: 'pictured', files: ['a.png'] },
    )
    expect(await list({ category: 'error' })).toEqual(['failed'])
    expect(await list({ edited: true })).toEqual(['changed'])
    expect(await list({ with_files: true })).toEqual(['pictured'])
    expect(await list({ min_tokens: 7 })).toEqual(['counted'])
    expect(await list({ min_tokens: 8 })).toEqual([])
    expect(await server.client.call(countMessages, { query: { category: 'error' } })).toEqual({ total: 1 })
  })

  test('shows a message in the form of Langflow, its files as a JSON string', async () => {
    const [id] = await said({ text: 'Hi', files: ['flow/a.png', 'flow/b.png'], run_id: 'run-1' })
    const answer = await get('')
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.json()).toEqual([
      {
        id,
        flow_id: flowA,
        timestamp: '2024-12-23 19:20:11 UTC',
        sender: 'User',
        sender_name: 'User',
        session_id: 'session',
        context_id: '',
        text: 'Hi',
        files: '["flow/a.png","flow/b.png"]',
        error: false,
        edit: false,
        duration: null,
        properties: expect.objectContaining({ state: 'complete', positive_feedback: null }),
        category: 'message',
        content_blocks: [],
        session_metadata: { graph_run_id: 'run-1' },
        run_id: 'run-1',
      },
    ])
  })

  test('is filtered by flow, session, sender and name, and holds failures', async () => {
    await said(
      { text: 'a', sender: 'User', sender_name: 'Ada' },
      { text: 'b', sender: 'Machine', sender_name: 'AI', session_id: 's-2' },
      { text: 'c', flow_id: flowB },
      { text: 'd', error: true, category: 'error' },
    )
    expect(await list()).toEqual(['a', 'b', 'c', 'd'])
    expect(await list({ flow_id: flowB })).toEqual(['c'])
    expect(await list({ session_id: 's-2' })).toEqual(['b'])
    expect(await list({ sender: 'Machine' })).toEqual(['b'])
    expect(await list({ sender_name: 'Ada' })).toEqual(['a'])
    expect(await list({ flow_id: newId() })).toEqual([])
  })

  test('is searched by text and time, and counted by the same', async () => {
    const hour = (number: number) => Date.parse(`2026-01-01T0${number}:00:00Z`)
    await said(
      { text: 'Early bird', timestamp: hour(1) },
      { text: '早起的鸟', timestamp: hour(2) },
      { text: 'late bird', timestamp: hour(3) },
    )
    const count = async (query: object) => (await server.client.call(countMessages, { query })).total
    expect(await list({ search: 'BIRD' })).toEqual(['Early bird', 'late bird'])
    expect(await list({ search: '鸟', limit: 5 })).toEqual(['早起的鸟'])
    expect(await list({ since: '2026-01-01T02:00:00', until: '2026-01-01T10:30:00+08:00' })).toEqual(['早起的鸟'])
    expect(await count({})).toBe(3)
    expect(await count({ search: 'bird', since: '2026-01-01T02:00:00Z' })).toBe(1)
    expect((await get('/count?since=soon')).json()).toMatchObject({ detail: [{ type: 'datetime_parsing' }] })
  })

  test('is of the answers that were given a thumb, when one is asked for', async () => {
    const rated = (positive_feedback: boolean) => ({ properties: { ...emptyProperties, positive_feedback } })
    await said({ text: 'good', ...rated(true) }, { text: 'bad', ...rated(false) }, { text: 'unrated' })
    expect([await list({ feedback: 'up' }), await list({ feedback: 'down' })]).toEqual([['good'], ['bad']])
    expect(await server.client.call(countMessages, { query: { feedback: 'down' } })).toEqual({ total: 1 })
  })

  test('decodes the session id twice, and takes one that was encoded once', async () => {
    await said({ text: 'a', session_id: 'über 100% /x' }, { text: 'b', session_id: 'plain id' })
    const twice = encodeURIComponent(encodeURIComponent('über 100% /x'))
    expect(textsOf((await get(`?session_id=${twice}`)).json())).toEqual(['a'])
    expect(textsOf((await get(`?session_id=${encodeURIComponent('über 100% /x')}`)).json())).toEqual(['a'])
    expect(textsOf((await get('?session_id=plain%20id')).json())).toEqual(['b'])
  })

  test('is ordered by any column, in both directions', async () => {
    await said({ text: 'b', sender_name: '1' }, { text: 'c', sender_name: '3' }, { text: 'a', sender_name: '2' })
    expect(await list({ order_by: 'text' })).toEqual(['a', 'b', 'c'])
    expect(await list({ order_by: 'sender_name', order: 'DESC' })).toEqual(['c', 'a', 'b'])
    expect(textsOf((await get('?order=desc')).json())).toEqual(['a', 'c', 'b'])
  })

  test('takes its window from the newest', async () => {
    await said({ text: '1' }, { text: '2' }, { text: '3' }, { text: '4' })
    expect(await list({ limit: 2 })).toEqual(['3', '4'])
    expect(await list({ limit: 2, offset: 1 })).toEqual(['2', '3'])
    expect(await list({ limit: 3, offset: 3 })).toEqual(['1'])
    expect(await list({ limit: 2, offset: 9 })).toEqual([])
    expect(await list({ order: 'DESC', limit: 2, offset: 1 })).toEqual(['3', '2'])
    expect(await list({ offset: 1 })).toEqual(['1', '2', '3'])
    expect(await list({ order_by: 'text', limit: 2, offset: 1 })).toEqual(['2', '3'])
  })

  test.each([
    ['order_by=password', 'literal_error'],
    ['order=SIDEWAYS', 'literal_error'],
    ['flow_id=zzz', 'uuid_parsing'],
    ['limit=0', 'greater_than_equal'],
    ['limit=10001', 'less_than_equal'],
    ['offset=-1', 'greater_than_equal'],
    ['limit=many', 'int_parsing'],
  ])('with %s is refused', async (query, type) => {
    const answer = await get(`?${query}`)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail[0]).toMatchObject({ type, loc: ['query', query.split('=')[0]] })
  })

  test('is only one’s own, also under another’s session id', async () => {
    await said({ text: 'secret', session_id: 'chat' })
    expect((await get('?session_id=chat', eve.apiKey)).json()).toEqual([])
    expect((await get(`?flow_id=${flowA}`, eve.apiKey)).json()).toEqual([])
    expect((await server.app.inject('/api/v1/monitor/messages')).statusCode).toBe(403)
  })
})

describe('an edit', () => {
  const edit = (id: string, body: Record<string, unknown>, apiKey = server.apiKey) =>
    server.app.inject({
      method: 'PUT',
      url: `/api/v1/monitor/messages/${id}`,
      headers: { 'x-api-key': apiKey },
      payload: JSON.stringify(body),
    })

  test('changes what is given and says so; nulls and other keys change nothing', async () => {
    const [id = ''] = await said({ text: 'before', files: ['a.png'] })
    const answer = await edit(id, { text: 'after', sender: null, files: null, timestamp: 'x', id: 'y' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      id,
      text: 'after',
      edit: true,
      sender: 'User',
      files: ['a.png'],
      timestamp: '2024-12-23 19:20:11 UTC',
    })
    expect((await get('')).json()).toMatchObject([{ id, text: 'after', edit: true }])
  })

  test('leaves a message unedited whose text stays', async () => {
    const [id = ''] = await said({ text: 'same' })
    const update = { text: 'same', sender_name: 'Ada', files: '["b.png"]' }
    expect((await edit(id, update)).json()).toMatchObject({ edit: false, sender_name: 'Ada', files: ['b.png'] })
    expect((await edit(id, {})).json()).toMatchObject({ edit: false, text: 'same' })
  })

  test('merges properties, so that feedback can be given and taken back', async () => {
    const [id = ''] = await said({})
    const properties = async (given: unknown) => (await edit(id, { properties: given })).json().properties
    expect(await properties({ positive_feedback: true, icon: 'Bot' })).toMatchObject({
      positive_feedback: true,
      icon: 'Bot',
      state: 'complete',
    })
    expect(await properties({ positive_feedback: null, icon: null })).toMatchObject({
      positive_feedback: null,
      icon: 'Bot',
    })
    const feedback = { reasons: ['wrong'], text: 'It rained.' }
    expect(await properties({ positive_feedback: false, feedback })).toMatchObject({ feedback })
    expect(await properties({ positive_feedback: null, feedback: null })).toMatchObject({ feedback: null })
  })

  test('of another user’s message, or of none, is 404 and changes nothing', async () => {
    const [id = ''] = await said({ text: 'mine' })
    for (const [which, key] of [
      [id, eve.apiKey],
      [newId(), server.apiKey],
    ] as const) {
      const answer = await edit(which, { text: 'theirs' }, key)
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Message not found' }])
    }
    expect(await list()).toEqual(['mine'])
  })

  test.each([
    [{ text: 5 }, 'text'],
    [{ files: 'no list' }, 'files'],
    [{ properties: { state: 'other' } }, 'properties'],
    [{ session_id: '' }, 'session_id'],
  ])('with %j is refused', async (body, field) => {
    const [id = ''] = await said({})
    const answer = await edit(id, body)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail[0].loc.slice(0, 2)).toEqual(['body', field])
  })

  test('needs the id of a message', async () => {
    expect((await edit('not-an-id', {})).json()).toMatchObject({ detail: [{ type: 'uuid_parsing' }] })
  })
})

test('messages are deleted by id; unknown ids and those of others are skipped', async () => {
  const [first = '', , third = ''] = await said({ text: '1' }, { text: '2' }, { text: '3' })
  await eve.client.call(deleteMessages, { body: [first] })
  expect(await list()).toEqual(['1', '2', '3'])
  const answer = await server.client.request(deleteMessages, { body: [first, third, newId()] })
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    204,
    'application/json',
    '',
  ])
  expect(await list()).toEqual(['2'])
  await server.client.call(deleteMessages, { body: [] })
  await expect(server.client.call(deleteMessages, { body: ['x'] })).rejects.toMatchObject({ status: 422 })
})

describe('sessions', () => {
  test('are listed by their latest message, of one flow or of all', async () => {
    await said({ session_id: 'old' }, { session_id: 'new' }, { session_id: 'other', flow_id: flowB })
    expect(await server.client.call(listSessions, {})).toEqual(['other', 'new', 'old'])
    expect(await server.client.call(listSessions, { query: { flow_id: flowA } })).toEqual(['new', 'old'])
    expect(await server.client.call(listSessions, { query: { limit: 1, offset: 1 } })).toEqual(['new'])
    expect(await eve.client.call(listSessions, { query: { flow_id: flowA } })).toEqual([])
  })

  test('are renamed with all their messages', async () => {
    await said({ text: 'a', session_id: 'one / x' }, { text: 'b', session_id: 'one / x' }, { text: 'c' })
    const renamed = await server.client.call(renameSession, {
      params: { old_session_id: 'one / x' },
      query: { new_session_id: 'two' },
    })
    expect(renamed).toMatchObject([
      { text: 'a', session_id: 'two', files: '[]' },
      { text: 'b', session_id: 'two' },
    ])
    expect(await server.client.call(listSessions, {})).toEqual(['session', 'two'])
  })

  test('are renamed in one flow when it is named', async () => {
    await said({ text: 'a', session_id: 's' }, { text: 'b', session_id: 's', flow_id: flowB })
    const query = { new_session_id: 't', flow_id: flowB }
    const renamed = await server.client.call(renameSession, { params: { old_session_id: 's' }, query })
    expect(textsOf(renamed)).toEqual(['b'])
    expect(await list({ session_id: 's' })).toEqual(['a'])
  })

  test('that nobody or another user has cannot be renamed', async () => {
    await said({ session_id: 'hers' })
    const asked = { params: { old_session_id: 'hers' }, query: { new_session_id: 'mine' } }
    await expect(eve.client.call(renameSession, asked)).rejects.toMatchObject({
      status: 404,
      detail: 'No messages found with the given session ID',
    })
    const without = await server.app.inject({
      method: 'PATCH',
      url: '/api/v1/monitor/messages/session/hers',
      headers: { 'x-api-key': server.apiKey },
    })
    expect([without.statusCode, without.json().detail[0]]).toMatchObject([
      422,
      { type: 'missing', loc: ['query', 'new_session_id'] },
    ])
    expect(await server.client.call(listSessions, {})).toEqual(['hers'])
  })

  test('are deleted one by one, whether they exist or not', async () => {
    await said({ session_id: 'a' }, { session_id: 'b' }, { session_id: 'b', flow_id: flowB })
    await eve.client.call(deleteSession, { params: { session_id: 'a' } })
    expect(await server.client.call(listSessions, {})).toEqual(['b', 'a'])
    await server.client.call(deleteSession, { params: { session_id: 'b' }, query: { flow_id: flowB } })
    expect(await list({ session_id: 'b' })).toHaveLength(1)
    await server.client.call(deleteSession, { params: { session_id: 'b' } })
    const gone = await server.client.request(deleteSession, { params: { session_id: 'b' } })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    expect(await server.client.call(listSessions, {})).toEqual(['a'])
  })

  test('are deleted several at a time, counting those there were', async () => {
    await said({ session_id: 'a' }, { session_id: 'b' }, { session_id: 'c' })
    expect(await eve.client.call(deleteSessions, { body: ['a', 'b'] })).toEqual({
      message: 'No sessions to delete',
      deleted_count: 0,
    })
    expect(await server.client.call(deleteSessions, { body: ['a', 'b', 'a', 'unknown'] })).toEqual({
      message: '2 sessions deleted successfully',
      deleted_count: 2,
    })
    expect(await server.client.call(listSessions, {})).toEqual(['c'])
    const many = Array.from({ length: 501 }, (_, index) => `s-${index}`)
    await expect(server.client.call(deleteSessions, { body: many })).rejects.toMatchObject({ status: 400 })
  })
})
