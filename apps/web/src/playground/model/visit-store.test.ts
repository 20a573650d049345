import { expect, test } from 'vitest'
import { createVisitStore } from './visit-store.ts'

function memory() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('the conversations of a visitor are kept by flow, the last used first', () => {
  const storage = memory()
  const visit = createVisitStore('flow', storage)
  visit.keep('one', { id: 'a', text: 'first' })
  visit.keep('two', { id: 'b', text: 'second' })
  visit.keep('one', { id: 'a', text: 'first, whole' })
  visit.rename('two', 'zwei')
  const again = createVisitStore('flow', storage)
  expect(again.sessions()).toEqual(['one', 'zwei'])
  expect(again.messages('one')).toEqual([{ id: 'a', text: 'first, whole' }])
  again.change('a', () => undefined)
  again.remove('zwei')
  expect([again.sessions(), again.messages('one')]).toEqual([['one'], []])
  expect(createVisitStore('other', storage).sessions()).toEqual([])
})

test('a full or spoilt storage loses what it cannot keep, and nothing else', () => {
  const full = {
    getItem: () => '{',
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const visit = createVisitStore('flow', full)
  visit.keep('one', { id: 'a' })
  expect(visit.sessions()).toEqual([])
})
