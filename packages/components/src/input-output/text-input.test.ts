import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { textInput } from './text-input.ts'

test('gives its text as a message of nobody, and sends nothing', async () => {
  const { text, $sent } = await runComponent(textInput, { input_value: 'topic' }, { sessionId: 's-1' })
  expect(text).toMatchObject({ text: 'topic', sender: null, session_id: '', id: null })
  expect($sent).toEqual([])
})

test('is one line when the text is a variable', () => {
  expect(textInput.dynamicInputs?.({ use_global_variable: true }).input_value?.inputType).toBe('MessageTextInput')
  expect(textInput.dynamicInputs?.({ use_global_variable: false })).toEqual({})
})
