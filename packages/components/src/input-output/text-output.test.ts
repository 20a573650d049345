import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { textOutput } from './text-output.ts'

test('gives its text as a message and shows nothing in the chat', async () => {
  const { text, $sent } = await runComponent(textOutput, { input_value: 'answer' }, { sessionId: 's-1' })
  expect(text).toMatchObject({ text: 'answer', sender: null, id: null })
  expect($sent).toEqual([])
})
