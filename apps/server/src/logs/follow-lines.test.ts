import { expect, test } from 'vitest'
import { followLines } from './follow-lines.ts'
import { createLogBuffer } from './log-buffer.ts'

function follow(options: { readonly keepAliveMs?: number; readonly isOver?: () => boolean } = {}) {
  const buffer = createLogBuffer(10, () => 1000)
  const abort = new AbortController()
  const records = followLines(buffer, { signal: abort.signal, isOver: () => false, ...options })
  return { buffer, abort, records }
}

test('begins with a sign of life, then gives each line from now on', async () => {
  const { buffer, records } = follow()
  buffer.add('before\n')
  expect(await records.next()).toEqual({ done: false, value: 'keepalive\n\n' })
  buffer.add('one\n')
  buffer.add('two\n')
  expect(await records.next()).toEqual({ done: false, value: '{"1001":"one\\n"}\n\n{"1002":"two\\n"}\n\n' })
  const next = records.next()
  buffer.add('three\n')
  expect(await next).toEqual({ done: false, value: '{"1003":"three\\n"}\n\n' })
})

test('gives a sign of life while it is quiet', async () => {
  const { records } = follow({ keepAliveMs: 1 })
  await records.next()
  expect(await records.next()).toEqual({ done: false, value: 'keepalive\n\n' })
})

test('ends when its reader leaves, and when the server is about to stop', async () => {
  const { abort, records } = follow()
  await records.next()
  const next = records.next()
  abort.abort()
  expect(await next).toEqual({ done: true, value: undefined })
  const other = follow({ isOver: () => true })
  await other.records.next()
  expect(await other.records.next()).toEqual({ done: true, value: undefined })
})

test('a slow reader loses the oldest lines, not the server its memory', async () => {
  const { buffer, records } = follow()
  await records.next()
  for (let line = 0; line < 1500; line++) buffer.add(`${line}`)
  const { value } = await records.next()
  expect(String(value).split('\n\n').slice(0, 1)).toEqual(['{"1500":"500"}'])
})
