import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './list-state.ts'

test('a search address keeps numbers and words as text, and drops what is empty', () => {
  expect(parseSearch('?q=12&next=%2Fflow%2F1')).toEqual({ q: '12', next: '/flow/1' })
  expect(stringifySearch({ q: '工作 流', page: 2, none: undefined, empty: '' })).toBe(
    '?q=%E5%B7%A5%E4%BD%9C+%E6%B5%81&page=2',
  )
  expect(stringifySearch({})).toBe('')
})
