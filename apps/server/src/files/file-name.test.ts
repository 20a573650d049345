import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSimpleName, labelOf, splitName, storedName } from './file-name.ts'

const TIME = new Date(2024, 11, 30, 15, 19, 43).getTime()

test.each([
  ['report.pdf', { root: 'report', extension: '.pdf' }],
  ['report.final.tar.gz', { root: 'report.final.tar', extension: '.gz' }],
  ['.env', { root: '.env', extension: '' }],
  ['no extension', { root: 'no extension', extension: '' }],
  ['a.not an extension', { root: 'a.not an extension', extension: '' }],
])('%s is split', (name, parts) => {
  expect(splitName(name)).toEqual(parts)
})

test.each(['', '.', '..', 'a/b', 'a\\b', '..\\b', 'a\0b', 'x'.repeat(256), '\ud800', 'a..b'])(
  '%j is no name',
  (name) => {
    expect(isSimpleName(name)).toBe(false)
  },
)

test('an upload is kept under its time and name', () => {
  expect(storedName(TIME, 'your_file.txt')).toBe('2024-12-30_15-19-43_your_file.txt')
  expect(storedName(TIME, 'your_file.txt', 2)).toBe('2024-12-30_15-19-43_your_file_2.txt')
  expect(storedName(TIME, '报告 1.png')).toBe('2024-12-30_15-19-43_报告 1.png')
  expect(storedName(TIME, 'a%2e%2e%2fb:c?.txt')).toBe('2024-12-30_15-19-43_a_2e_2e_2fb_c_.txt')
})

test('text that turns its direction or ends the line is shown as an underscore', () => {
  expect(labelOf('safe\u202egpj.exe\r\nX: 1')).toBe('safe_gpj.exe__X: 1')
})

test('whatever it is called, an upload is kept under one simple name', () => {
  const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 255 }).filter(isSimpleName)
  fc.assert(
    fc.property(names, fc.nat(999), (name, copy) => {
      const stored = storedName(TIME, name, copy)
      expect(isSimpleName(stored)).toBe(true)
      expect(stored).toMatch(/^2024-12-30_15-19-43_/)
    }),
  )
})
