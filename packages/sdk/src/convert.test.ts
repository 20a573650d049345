import { expect, test } from 'vitest'
import {
  messageFields,
  promptText,
  toData,
  toDataFrame,
  toDataList,
  toMessage,
  toolResultText,
  toText,
} from './convert.ts'
import { data, dataFrame, message } from './values.ts'

const table = dataFrame([{ a: 1, b: 'x' }, { a: 22 }])

test('shows a text without blank lines in a row', () => {
  expect(toText('a\n \t\n\n\n b')).toBe('a\n\n b')
  expect(toText(message('a\n\n\n\nb'))).toBe('a\n\n\n\nb')
})

test('shows a Data as fenced JSON, with the records inside it as plain values', () => {
  expect(toText(data({ a: 1, said: message('hi'), more: [data({ b: 2 })], rows: table }))).toBe(
    `\`\`\`json\n${JSON.stringify({ a: 1, said: 'hi', more: [{ b: 2 }], rows: [{ a: 1, b: 'x' }, { a: 22 }] }, null, 2)}\n\`\`\``,
  )
})

test('shows a list item by item and other values in their Python form', () => {
  expect(toText(['a', message('b'), 3, null])).toBe('a\nb\n3\nNone')
})

test('makes a Message of each kind of value', () => {
  const said = message('hi', { id: 'm-1' })
  expect(toMessage(said)).toBe(said)
  expect(toMessage('hi').text).toBe('hi')
  expect(toMessage(data({ text: 'hi', a: 1 })).text).toBe('hi')
  expect(toMessage(data({ a: true })).text).toBe("{'a': True}")
  expect(toMessage(data({ title: 'T' }, { text_key: 'title' })).text).toBe('T')
  expect(toMessage([data({ text: 'a' }), 'b']).text).toBe('a\nb')
  expect(toMessage(dataFrame([{ a: 'x\ny' }])).text).toContain('x<br/>y')
})

test('makes a Data of each kind of value, and refuses what has no entries', () => {
  expect(toData('hi').data).toEqual({ text: 'hi' })
  expect(toData(message('hi', { sender: 'User' })).data).toEqual({ text: 'hi' })
  expect(toData({ a: 1 }).data).toEqual({ a: 1 })
  expect(toData(table).data).toEqual({ results: table.rows })
  expect(toData(['a', { b: 1 }]).data).toEqual({ results: [{ text: 'a' }, { b: 1 }] })
  expect(() => toData(3)).toThrow('3 cannot become Data')
  expect(() => toData(null)).toThrow('None cannot become Data')
})

test('makes a table of each kind of value', () => {
  expect(toDataFrame(table)).toBe(table)
  expect(toDataFrame('hi').rows).toEqual([{ text: 'hi' }])
  expect(toDataFrame(data({ results: [{ a: 1 }, { a: 2 }] })).rows).toEqual([{ a: 1 }, { a: 2 }])
  expect(toDataFrame(data({ results: [1, 2] })).rows).toEqual([{ results: [1, 2] }])
  expect(toDataFrame([data({ a: 1 }), data({ b: 2 })])).toMatchObject({
    columns: ['a', 'b'],
    rows: [{ a: 1 }, { b: 2 }],
  })
  expect(toDataFrame([]).rows).toEqual([])
  expect(toDataFrame(message('hi', { sender: 'User' })).rows).toMatchObject([{ text: 'hi', sender: 'User' }])
})

test('lists the elements of any value', () => {
  expect(toDataList(table).map((row) => row.data)).toEqual(table.rows)
  expect(toDataList([data({ a: 1 }), table]).map((row) => row.data)).toEqual([{ a: 1 }, ...table.rows])
  expect(toDataList(message('hi')).map((row) => row.data)).toEqual([{ text: 'hi' }])
  expect(toDataList(undefined)).toEqual([])
})

test('puts records into prompts by their text, lists as Python literals of the texts', () => {
  expect(promptText(message('hi'))).toBe('hi')
  expect(promptText(data({ text: 'hi', a: 1 }))).toBe('hi')
  expect(promptText([message('hi'), 1, null])).toBe("['hi', 1, None]")
  expect(promptText(table)).toBe(toText(table))
})

test('shows the time of a message in UTC to the second', () => {
  expect(messageFields(message('hi', { timestamp: 1_700_000_000_123 })).timestamp).toBe('2023-11-14 22:13:20 UTC')
})

test.each([
  [message('hi'), 'hi'],
  ['hi', 'hi'],
  [data({ result: '42', said: message('hi') }), '{"result": "42", "said": "hi"}'],
  [table, '[{"a": 1, "b": "x"}, {"a": 22}]'],
  [[data({ a: 1 }), message('hi')], '[{"a": 1}, "hi"]'],
  [true, 'true'],
  [undefined, ''],
])('tells a model what a tool gave: %#', (value, text) => {
  expect(toolResultText(value)).toBe(text)
})
