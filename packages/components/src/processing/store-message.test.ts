import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { messageStore } from './store-message.ts'

test('adds the message to the session of the run, as the machine unless told', async () => {
  const run = await runComponent(messageStore, { message: 'noted' }, { sessionId: 's-1' })
  expect(run.stored_messages).toMatchObject({ text: 'noted', sender: 'Machine', sender_name: 'AI', session_id: 's-1' })
  expect(run.$stored).toEqual([run.stored_messages])
  expect(run.$sent).toEqual([])
})

test('adds it to another session, as whoever said it', async () => {
  const said = { message: 'hi', sender: 'User', sender_name: 'Ada', session_id: 's-2' }
  const { $stored } = await runComponent(messageStore, said, { sessionId: 's-1' })
  expect($stored).toMatchObject([{ text: 'hi', sender: 'User', sender_name: 'Ada', session_id: 's-2' }])
})

test('fails without a session', async () => {
  await expect(runComponent(messageStore, { message: 'x' })).rejects.toThrow('No messages were stored.')
})
