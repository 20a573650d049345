import { array, assert, asyncProperty, string, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, uniqueNames, withTypes, writeCsv } from './csv.ts'

test('what is written is read again', async () => {
  const text = string({ unit: 'binary' }).filter((cell) => !cell.includes('\ufeff'))
  const columns = uniqueArray(
    text.filter((name) => name.trim() !== ''),
    { minLength: 2, maxLength: 4 },
  )
  await assert(
    asyncProperty(
      columns,
      array(array(text, { minLength: 4, maxLength: 4 }), { maxLength: 5 }),
      async (names, cells) => {
        const rows = cells.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])))
        const filled = rows.filter((row) => Object.values(row).some((cell) => cell !== ''))
        expect((await parseCsv(writeCsv(names, filled))).map((row) => ({ ...row }))).toEqual(filled)
      },
    ),
  )
})

test.each([
  ['a,b\n1,2', [{ a: '1', b: '2' }]],
  ['\ufeffa,b\r\n1,"x\ny"\r\n\r\n', [{ a: '1', b: 'x\ny' }]],
  ['a,b\n1', [{ a: '1', b: '' }]],
  ['a,b\n1,2,3', [{ a: '1', b: '2' }]],
  ['a\nsaid "hi" twice', [{ a: 'said "hi" twice' }]],
  ['', []],
])('reads %j', async (text, rows) => {
  expect(await parseCsv(text)).toEqual(rows)
})

test('names every column once', () => {
  expect(uniqueNames(['a', 'a', '', 'a.1', 'a'])).toEqual(['a', 'a.1', 'Unnamed: 2', 'a.1.1', 'a.2'])
})

test('turns columns of numbers and truth values into such, and leaves mixed ones', () => {
  const rows = [
    { n: '1', f: '-2.5e3', b: 'True', m: '1', zip: '' },
    { n: '', f: '.5', b: 'false', m: 'x', zip: 'NA' },
  ]
  expect(withTypes(rows)).toEqual([
    { n: 1, f: -2500, b: true, m: '1', zip: null },
    { n: null, f: 0.5, b: false, m: 'x', zip: null },
  ])
})
