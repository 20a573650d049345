import { expect, test } from 'vitest'
import { isStep, parseSearch, stringifySearch } from './list-state.ts'

test('a search address keeps numbers and words as text, and drops what is empty', () => {
  expect(parseSearch('?q=12&next=%2Fflow%2F1')).toEqual({ q: '12', next: '/flow/1' })
  expect(stringifySearch({ q: '工作 流', page: 2, none: undefined, empty: '' })).toBe(
    '?q=%E5%B7%A5%E4%BD%9C+%E6%B5%81&page=2',
  )
  expect(stringifySearch({})).toBe('')
})

test('Back undoes what was chosen and leaves a search whole, however long one typed', () => {
  const list = { q: '', page: '1', sort: 'name' }
  expect(isStep(list, { page: '2' })).toBe(true)
  expect(isStep(list, { q: 'ag' })).toBe(true)
  expect(isStep({ ...list, q: 'ag' }, { q: 'agent', page: '1' })).toBe(false)
  expect(isStep({ ...list, q: 'ag', page: '3' }, { q: 'agent', page: '1' })).toBe(true)
  expect(isStep({ ...list, q: 'agent' }, { q: '' })).toBe(true)
  expect(isStep(list, { sort: 'name' })).toBe(false)
})
