import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { chatInput } from './chat-input.ts'

test('sends what was said, under the session of the run when the field is empty', async () => {
  const { message, $sent } = await runComponent(
    chatInput,
    { input_value: 'hi', files: ['f/a.png'] },
    { sessionId: 's-1' },
  )
  expect(message).toMatchObject({
    text: 'hi',
    sender: 'User',
    sender_name: 'User',
    session_id: 's-1',
    files: ['f/a.png'],
  })
  expect($sent).toEqual([message])
})

test('prefers its own session', async () => {
  const { message } = await runComponent(chatInput, { input_value: 'hi', session_id: 's-2' }, { sessionId: 's-1' })
  expect(message).toMatchObject({ session_id: 's-2' })
})

test('sends an empty message too', async () => {
  const { $sent } = await runComponent(chatInput, {}, { sessionId: 's-1' })
  expect($sent).toMatchObject([{ text: '' }])
})

test('gives the message without sending it when it is not to be stored or there is no session', async () => {
  const off = await runComponent(chatInput, { input_value: 'hi', should_store_message: false }, { sessionId: 's-1' })
  const without = await runComponent(chatInput, { input_value: 'hi' })
  expect([off.$sent, without.$sent]).toEqual([[], []])
  expect(off.message).toMatchObject({ text: 'hi', id: null })
})
