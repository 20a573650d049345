import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdownTable } from './markdown-table.ts'
import { dataFrame } from './values.ts'

test('pads columns and puts numbers to the right', () => {
  expect(
    markdownTable(
      dataFrame([
        { name: 'Ada Lovelace', n: 7 },
        { name: 'Bo', n: 12.5 },
      ]),
    ),
  ).toBe(
    ['| name         |    n |', '|:-------------|-----:|', '| Ada Lovelace |    7 |', '| Bo           | 12.5 |'].join(
      '\n',
    ),
  )
})

test('keeps a row on one line and its pipes in their cells', () => {
  expect(markdownTable(dataFrame([{ a: 'x|y\r\nz' }]))).toBe('| a          |\n|:-----------|\n| x\\|y<br/>z |')
})

test('leaves missing values empty and prints others in their Python form', () => {
  const rows = [{ a: [1, 'x'] }, { b: null }]
  expect(markdownTable(dataFrame(rows))).toContain("| [1, 'x'] |      |\n|          | None |")
})

test('drops rows without a value and empties blank cells when asked to clean', () => {
  const table = dataFrame([{ a: null }, { a: ' \n ' }, { a: 'x\n\n\ny' }])
  expect(markdownTable(table, { clean: true })).toBe('| a       |\n|:--------|\n|         |\n| x<br/>y |')
})

test('gives nothing for a table without columns', () => {
  expect(markdownTable(dataFrame([]))).toBe('')
})

test('has one line per row and the same columns in each, whatever the cells hold', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), (rows) => {
      const lines = markdownTable(dataFrame(rows)).split('\n')
      expect(lines).toHaveLength(rows.length + 2)
      const bars = lines.map((line) => line.replaceAll('\\|', '').replaceAll(/[^|]/g, '').length)
      expect(new Set(bars)).toEqual(new Set([3]))
    }),
  )
})
