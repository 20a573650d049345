import { expect, test } from 'vitest'
import { readAddress, unusualScheme } from './addresses.ts'

test.each([
  ['https://example.com/a:b', undefined],
  ['mailto:ada@example.com', undefined],
  ['/flows', undefined],
  ['#user-content-fn-1', undefined],
  ['notes.md', undefined],
  ['vscode://file/a', 'vscode'],
  ['JavaScript:alert(1)', 'javascript'],
  [' data:text/html,x', 'data'],
])('%s is followed unless its scheme is unusual: %s', (address, scheme) => {
  expect(unusualScheme(address)).toBe(scheme)
})

test('a picture may be part of a text, other data may not', () => {
  const picture = 'data:image/png;base64,iVBORw0KGgo='
  expect([picture, 'data:image/svg+xml;base64,PHN2Zz4=', 'javascript:x'].map((one) => readAddress(one, 'src'))).toEqual(
    [picture, '', ''],
  )
})
