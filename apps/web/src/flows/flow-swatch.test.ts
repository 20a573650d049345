import { expect, test } from 'vitest'
import { initialsOf } from './flow-swatch.tsx'

test('a flow is known by the letters of two words, or by one character beside Chinese', () => {
  expect(['Simple agent', 'echo', 'night_shift', '基础提示', 'Webhook 摘要', ''].map(initialsOf)).toEqual([
    'SA',
    'E',
    'NS',
    '基',
    'W',
    '',
  ])
})
