import { expect, test } from 'vitest'
import { printSettings } from './setting-page.ts'

test('says of each variable what it does, what is allowed and what holds without it', () => {
  const setting = { variable: 'LANGFLOW_X', about: 'Does | things.', allowed: 'any text' }
  const lines = printSettings([
    { ...setting, fallback: '' },
    { ...setting, fallback: 'y' },
  ]).split('\n')
  expect(lines.slice(-3)).toEqual([
    '| `LANGFLOW_X` | unset | Does \\| things. | any text |',
    '| `LANGFLOW_X` | `y` | Does \\| things. | any text |',
    '',
  ])
})
