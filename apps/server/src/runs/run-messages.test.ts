import { emptyProperties, type MessageRecord } from '@runnel/protocol/message'
import type { MessageQuery } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { createRunMessages } from './run-messages.ts'

const said = (id: string, timestamp: number, more: Partial<MessageRecord> = {}): MessageRecord => ({
  id,
  flow_id: 'f',
  run_id: 'r',
  session_id: 's',
  context_id: '',
  timestamp,
  sender: 'User',
  sender_name: 'User',
  text: id,
  files: [],
  error: false,
  edit: false,
  properties: emptyProperties,
  category: 'message',
  content_blocks: [],
  ...more,
})

/** A store of these messages, which remembers the limit it was asked with. */
function storeOf(...stored: readonly MessageRecord[]) {
  const limits: (number | undefined)[] = []
  const find = async ({ limit, order = 'asc' }: MessageQuery) => {
    limits.push(limit)
    const newest = limit === undefined ? stored : stored.slice(Math.max(0, stored.length - limit))
    return order === 'asc' ? newest : newest.toReversed()
  }
  return { find, limits }
}

const textsOf = (messages: readonly MessageRecord[]) => messages.map(({ text }) => text)

test('a conversation is what is stored with what was said since, in the order of time', async () => {
  const { find } = storeOf(said('a', 1), said('c', 3))
  const messages = createRunMessages()
  messages.save(said('d', 4))
  messages.save(said('b', 2))
  expect(textsOf(await messages.findWith(find, {}))).toEqual(['a', 'b', 'c', 'd'])
  expect(textsOf(await messages.findWith(find, { order: 'desc' }))).toEqual(['d', 'c', 'b', 'a'])
})

test('a message said again replaces the stored one and leaves no gap in a limit', async () => {
  const { find, limits } = storeOf(said('a', 1), said('b', 2), said('c', 3))
  const messages = createRunMessages()
  messages.save(said('c', 3, { text: 'c again' }))
  expect(textsOf(await messages.findWith(find, { limit: 2 }))).toEqual(['b', 'c again'])
  expect(limits).toEqual([3])
})

test('a message taken back is gone, though the store still has it', async () => {
  const { find } = storeOf(said('a', 1), said('b', 2))
  const messages = createRunMessages()
  messages.remove('b')
  expect(textsOf(await messages.findWith(find, { limit: 1 }))).toEqual(['a'])
  expect(messages.take()).toEqual({ saved: [], removed: ['b'] })
})

test('reports of failures and messages of others are left out', async () => {
  const { find } = storeOf()
  const messages = createRunMessages()
  messages.save(said('failure', 1, { error: true }))
  messages.save(said('elsewhere', 2, { session_id: 't' }))
  messages.save(said('machine', 3, { sender: 'Machine' }))
  messages.save(said('here', 4))
  expect(textsOf(await messages.findWith(find, { session_id: 's', sender: 'User' }))).toEqual(['here'])
  expect(textsOf(messages.find({ session_id: 's' }))).toEqual(['machine', 'here'])
})

test('what was given away is the business of the store', async () => {
  const { find } = storeOf(said('a', 1))
  const messages = createRunMessages()
  messages.save(said('a', 1))
  expect(textsOf(messages.take().saved)).toEqual(['a'])
  expect(messages.take().saved).toEqual([])
  expect(textsOf(await messages.findWith(find, {}))).toEqual(['a'])
})

test('a message taken back and said once more stays', () => {
  const messages = createRunMessages()
  messages.remove('a')
  messages.save(said('a', 1))
  expect(messages.take()).toMatchObject({ saved: [{ id: 'a' }], removed: [] })
})
