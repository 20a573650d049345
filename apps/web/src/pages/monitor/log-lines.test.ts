import { expect, test } from 'vitest'
import { createRecordReader, matchingLines, readLine } from './log-lines.ts'

test('a stream cut anywhere gives each line once, and signs of life give none', () => {
  const read = createRecordReader()
  const stream = 'keepalive\n\n{"5":"{\\"level\\":\\"error\\",\\"message\\":\\"no\\"}\\n"}\n\n{"6":"plain"}\n\n'
  const lines = [...stream].flatMap((letter) => [...read(letter)])
  expect(lines.map(({ time, level, text }) => [time, level, text])).toEqual([
    [5, 'error', 'no'],
    [6, 'info', 'plain'],
  ])
})

test('a level means that or worse, and words are found in all of a line', () => {
  const lines = [
    readLine(1, '{"level":30,"msg":"request completed","flowId":"f-1"}'),
    readLine(2, '{"level":"warn","message":"slow"}'),
    readLine(3, '{"level":50,"msg":"failed"}'),
  ]
  const texts = (level: string, search: string) => matchingLines(lines, level, search).map(({ time }) => time)
  expect(texts('any', '')).toEqual([1, 2, 3])
  expect(texts('warn', '')).toEqual([2, 3])
  expect(texts('any', 'F-1')).toEqual([1])
  expect(lines[0]?.text).toBe('request completed {"flowId":"f-1"}')
})
