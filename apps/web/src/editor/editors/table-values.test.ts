import { expect, test } from 'vitest'
import { parseDelimited, printCsv } from './delimited-text.ts'
import { columnsOf, newRow, parseCell } from './table-values.ts'

const columns = columnsOf(
  [
    { name: 'name', display_name: 'Name', type: 'str' },
    { name: 'age', type: 'int' },
    { name: 'is_new', type: 'boolean', default: true },
    { name: 'kind', type: 'str', options: ['a', 'b'] },
    { name: 'secret', type: 'str', hidden: true },
  ],
  [],
)
const column = (name: string) => {
  const found = columns.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}

test('reads the columns a component names and leaves hidden ones out', () => {
  expect(columns.map(({ name, label, kind }) => [name, label, kind])).toEqual([
    ['name', 'Name', 'text'],
    ['age', 'age', 'number'],
    ['is_new', 'is_new', 'boolean'],
    ['kind', 'kind', 'options'],
  ])
  expect(columnsOf(undefined, [{ a: 1 }, { b: 2 }]).map(({ name }) => name)).toEqual(['a', 'b'])
})

test('a new row begins with what each column says', () => {
  expect(newRow(columns)).toEqual({ name: '', age: '', is_new: true, kind: '' })
})

test('takes of a cell only what fits its column', () => {
  expect(parseCell('3', column('age'))).toBe(3)
  expect(parseCell('3.5', column('age'))).toBeUndefined()
  expect(parseCell('yes', column('is_new'))).toBe(true)
  expect(parseCell('c', column('kind'))).toBeUndefined()
})

test('reads cells with quotes, separators and line ends, and writes them so that they are read again', () => {
  const rows = [
    ['a', 'b "c"'],
    ['1,2', 'two\nlines'],
  ]
  expect(parseDelimited('a\tb\r\n"x\ty"\tz\n', '\t')).toEqual([
    ['a', 'b'],
    ['x\ty', 'z'],
  ])
  expect(parseDelimited(printCsv(rows), ',')).toEqual(rows)
  expect(printCsv(rows).startsWith('\uFEFF')).toBe(true)
})
