import { expect, test } from 'vitest'
import { inputText } from './input-text.ts'

test('a text is given as it is, and so is the one turn of a list', () => {
  expect(inputText('Hello')).toBe('Hello')
  expect(inputText([{ role: 'user', content: 'Hello' }])).toBe('Hello')
})

test('the parts of a turn are lines, and the turns of the user paragraphs', () => {
  const parts = [
    { type: 'input_text', text: 'One' },
    { type: 'input_text', text: 'two' },
  ]
  expect(inputText([{ type: 'message', role: 'user', content: parts }])).toBe('One\ntwo')
  expect(inputText([{ content: parts }, { role: 'user', content: 'Three' }])).toBe('One\ntwo\n\nThree')
})

test('turns of others say whose they are', () => {
  const conversation = [
    { role: 'system', content: 'Be short.' },
    { role: 'assistant', content: [{ type: 'output_text', text: 'Yes?' }] },
    { role: 'user', content: 'Hello' },
  ]
  expect(inputText(conversation)).toBe('system: Be short.\n\nassistant: Yes?\n\nuser: Hello')
})

test('what is no text is refused by its name', () => {
  expect(() => inputText([{ content: [{ type: 'input_image' }] }])).toThrow('a part of type input_image')
  expect(() => inputText([{ type: 'function_call_output' }])).toThrow('an item of type function_call_output')
})
