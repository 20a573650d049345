import { expect, test } from 'vitest'
import { replaced, triggerAt } from './trigger.ts'

test.each([
  ['/', { kind: 'command', query: '', from: 0, to: 1 }],
  ['/clear', { kind: 'command', query: 'clear', from: 0, to: 6 }],
  ['/清空', { kind: 'command', query: '清空', from: 0, to: 3 }],
  ['/usr/bin', undefined],
  ['a / b', undefined],
  ['/clear now', undefined],
  ['See @rep', { kind: 'mention', query: 'rep', from: 4, to: 8 }],
  ['看@报告', { kind: 'mention', query: '报告', from: 1, to: 4 }],
  ['ada@example.com', undefined],
  ['@one two', undefined],
])('%j is understood before the caret at its end', (text, trigger) => {
  expect(triggerAt(text, text.length)).toEqual(trigger)
})

test('only what stands before the caret counts, and what follows stays', () => {
  const trigger = triggerAt('/clear this', 2)
  expect(trigger).toMatchObject({ query: 'c', to: 2 })
  const mention = triggerAt('See @rep please', 8)
  expect(mention && replaced('See @rep please', mention, '@report.pdf ')).toEqual({
    text: 'See @report.pdf  please',
    caret: 16,
  })
})
