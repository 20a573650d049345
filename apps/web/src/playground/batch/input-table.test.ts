import { expect, test } from 'vitest'
import { readTable } from './input-table.ts'

test('the first line of a CSV names its columns; cells may hold commas and line ends', () => {
  expect(readTable('a.csv', '\uFEFFquestion,tone\r\n"Who, me?\nYes",calm\r\n你好,\r\n\r\n')).toEqual({
    name: 'a.csv',
    columns: ['question', 'tone'],
    rows: [
      { question: 'Who, me?\nYes', tone: 'calm' },
      { question: '你好', tone: '' },
    ],
  })
})

test('tabs separate where there are some, and each column has a name of its own', () => {
  expect(readTable('a.csv', 'a\ta\t\n1\t2\t3')).toEqual({
    name: 'a.csv',
    columns: ['a', 'a (2)', '3'],
    rows: [{ a: '1', 'a (2)': '2', 3: '3' }],
  })
})

test('JSON Lines have the keys of all their objects for columns', () => {
  expect(readTable('a.jsonl', '{"q":"Hi","n":2}\n\n{"list":[1],"q":null}\n')).toEqual({
    name: 'a.jsonl',
    columns: ['q', 'n', 'list'],
    rows: [
      { q: 'Hi', n: '2' },
      { list: '[1]', q: '' },
    ],
  })
  expect(() => readTable('a.jsonl', '{"q":')).toThrow(SyntaxError)
  expect(() => readTable('a.jsonl', '[1]')).toThrow(SyntaxError)
})
