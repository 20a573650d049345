import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('writes one JSON line per entry at or above the level', () => {
  const lines: string[] = []
  const log = createLog('WARNING', (line) => void lines.push(line))
  log.info('quiet')
  log.warn('line\nbreak \u001b[31m', { path: '/x\u009b\u007f\u2028' })
  log.error('failed', { error: new Error('why', { cause: new Error('deeper') }) })
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line.trimEnd()).not.toMatch(/\p{Cc}/u)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warning',
    message: 'line\nbreak \u001b[31m',
    path: '/x\u009b\u007f\u2028',
  })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    level: 'error',
    error: { name: 'Error', message: 'why', cause: 'deeper', stack: expect.any(String) },
  })
})

test('masks what looks like a secret, in messages and in errors', () => {
  const lines: string[] = []
  const log = createLog('ERROR', (line) => void lines.push(line))
  log.error('failed', { error: new Error('Incorrect API key provided: sk-abcdefgh12345'), why: 'Bearer abcdefghijkl' })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    error: { message: 'Incorrect API key provided: *****' },
    why: 'Bearer *****',
  })
  expect(lines.join()).not.toContain('abcdefgh')
})
