import type { MessageRecord } from '@runnel/protocol/message'
import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { memory } from './memory.ts'

function record(text: string, at: number, more: Partial<MessageRecord> = {}): MessageRecord {
  const { kind: _, extra: _extra, prompt: _prompt, ...row } = message(text, { timestamp: at, session_id: 's-1' })
  return { ...row, id: text, sender: 'User', sender_name: 'Ada', ...more }
}
const history = [
  record('one', 1),
  record('two', 2, { sender: 'Machine', sender_name: 'AI' }),
  record('three', 3),
  record('elsewhere', 4, { session_id: 's-2' }),
  record('broken', 5, { error: true }),
]
const run = { sessionId: 's-1', history }

test('writes the messages of the session, the oldest first', async () => {
  const { messages_text } = await runComponent(memory, {}, run)
  expect(messages_text).toMatchObject({ text: 'Ada: one\nAI: two\nAda: three' })
})

test('takes the newest messages and then puts them in order', async () => {
  const { messages_text } = await runComponent(memory, { n_messages: 2, order: 'Descending' }, run)
  expect(messages_text).toMatchObject({ text: 'Ada: three\nAI: two' })
  expect((await runComponent(memory, { n_messages: 0 }, run)).messages_text).toMatchObject({ text: '' })
})

test('reads another session, one sender or one name', async () => {
  const texts = await Promise.all(
    [{ session_id: 's-2' }, { sender_type: 'Machine' }, { sender_name: 'Ada' }].map(
      async (inputs) => (await runComponent(memory, { ...inputs, template: '{text}{nothing}' }, run)).messages_text,
    ),
  )
  expect(texts).toMatchObject([{ text: 'elsewhere' }, { text: 'two' }, { text: 'one\nthree' }])
})

test('gives the messages as a table and as a list', async () => {
  const { dataframe, messages } = await runComponent(memory, { n_messages: 1 }, run)
  const row = { text: 'three', sender: 'User', sender_name: 'Ada', timestamp: '1970-01-01 00:00:00 UTC' }
  expect(dataframe).toMatchObject({ kind: 'dataframe', rows: [row] })
  expect(messages).toMatchObject([{ kind: 'data', data: row }])
})

test('stores nothing while it reads', async () => {
  const { stored_messages, $stored } = await runComponent(memory, { message: 'note' }, run)
  expect(stored_messages).toMatchObject({ text: '' })
  expect($stored).toEqual([])
})

test('stores a message in Store mode, of the machine unless told otherwise', async () => {
  const only = { ...run, outputs: ['stored_messages'] }
  const { stored_messages, $stored } = await runComponent(memory, { mode: 'Store', message: 'note' }, only)
  expect($stored).toEqual([stored_messages])
  expect(stored_messages).toMatchObject({ text: 'note', sender: 'Machine', sender_name: 'AI', session_id: 's-1' })
  const fields = { mode: 'Store', sender: 'User', sender_name: 'Ada' }
  const named = await runComponent(memory, fields, { ...only, dynamic: { message: 'hi' } })
  expect(named.stored_messages).toMatchObject({ text: 'hi', sender: 'User', sender_name: 'Ada' })
})

test('says what is missing when there is no session to store in', async () => {
  const run = runComponent(memory, { mode: 'Store', message: 'note' }, { outputs: ['stored_messages'] })
  await expect(run).rejects.toThrow('No messages were stored.')
})

test('refuses an external memory, as it cannot list its messages', async () => {
  await expect(runComponent(memory, { memory: {} }, run)).rejects.toThrow('Remove it')
})
