import { expect, test } from 'vitest'
import { createEventLog } from './event-log.ts'

const staying = new AbortController().signal

test('gives every reader all records, whenever it begins', async () => {
  const log = createEventLog()
  log.append('a')
  const early = Array.fromAsync(log.read(staying))
  log.append('b')
  const late = Array.fromAsync(log.read(staying))
  log.append('c')
  log.close()
  log.append('after the end')
  expect(await early).toEqual(['a', 'b', 'c'])
  expect(await late).toEqual(['a', 'b', 'c'])
  expect(await Array.fromAsync(log.read(staying))).toEqual(['a', 'b', 'c'])
  expect(log.readers).toBe(0)
})

test('lets a reader go when its signal is aborted', async () => {
  const log = createEventLog()
  const leave = new AbortController()
  log.append('a')
  const reader = log.read(leave.signal)
  expect((await reader.next()).value).toBe('a')
  const waiting = reader.next()
  expect(log.readers).toBe(1)
  leave.abort()
  expect((await waiting).done).toBe(true)
  expect(log.readers).toBe(0)
})

test('gives pollers what is new since the last poll, and tells when there is nothing more', async () => {
  const log = createEventLog()
  log.append('a')
  log.append('b')
  expect(await log.poll(0, staying)).toEqual(['a', 'b'])
  const waiting = log.poll(60_000, staying)
  log.append('c')
  expect(await waiting).toEqual(['c'])
  expect(await log.poll(0, staying)).toEqual([])
  log.append('end')
  log.close()
  expect(await log.poll(0, staying)).toEqual(['end'])
  expect(await log.poll(0, staying)).toBeUndefined()
})

test('keeps for the next poll what a poller who left has not taken', async () => {
  const log = createEventLog()
  const leave = new AbortController()
  const left = log.poll(60_000, leave.signal)
  leave.abort()
  log.append('a')
  expect(await left).toEqual([])
  expect(await log.poll(0, staying)).toEqual(['a'])
})

test('makes the writer wait for the slowest reader', async () => {
  const log = createEventLog({ maxAheadBytes: 3 })
  const fast = log.read(staying)
  const slow = log.read(staying)
  log.append('aa')
  await Promise.all([fast.next(), slow.next()])
  log.append('bb')
  await fast.next()
  const room = log.room(60_000, staying)
  expect(room).toBeInstanceOf(Promise)
  await slow.next()
  expect(await room).toBe(true)
  expect(log.room(60_000, staying)).toBeUndefined()
})

test('does not wait for a reader who has left, nor when nobody reads', async () => {
  const log = createEventLog({ maxAheadBytes: 3 })
  log.append('aaaa')
  expect(log.room(60_000, staying)).toBeUndefined()
  const reader = log.read(staying)
  await reader.next()
  log.append('bbbb')
  const room = log.room(60_000, staying)
  expect(room).toBeInstanceOf(Promise)
  await reader.return()
  await room
})

test('drops the beginning of a long build once all who read have passed it', async () => {
  const log = createEventLog({ maxKeptBytes: 8, maxAheadBytes: 100 })
  const reader = log.read(staying)
  log.append('aa')
  const seen = [(await reader.next()).value]
  for (const record of ['bb', 'cc', 'dd', 'ee']) log.append(record)
  expect(log.bytes).toBe(10)
  for (let count = 0; count < 4; count++) seen.push((await reader.next()).value)
  expect(seen).toEqual(['aa', 'bb', 'cc', 'dd', 'ee'])
  log.append('ff')
  expect(log.bytes).toBe(6)
  log.close()
  expect(await Array.fromAsync(log.read(staying))).toEqual(['dd', 'ee', 'ff'])
  expect(await log.poll(0, staying)).toEqual(['dd', 'ee', 'ff'])
})

test('keeps more for the first reader, however late', async () => {
  const log = createEventLog({ maxKeptBytes: 2, maxUnreadBytes: 8 })
  for (const record of ['aa', 'bb', 'cc', 'dd']) log.append(record)
  const reader = log.read(staying)
  expect((await reader.next()).value).toBe('aa')
  await reader.return()
  const forgotten = createEventLog({ maxUnreadBytes: 8 })
  for (const record of ['aa', 'bb', 'cc', 'dd', 'ee']) forgotten.append(record)
  expect(await forgotten.poll(0, staying)).toEqual(['cc', 'dd', 'ee'])
})

test('gives up on a reader who does not go on, and stops waiting when the signal is aborted', async () => {
  const log = createEventLog({ maxAheadBytes: 1 })
  const reader = log.read(staying)
  log.append('aa')
  await reader.next()
  expect(await log.room(0, staying)).toBe(false)
  const abort = new AbortController()
  const room = log.room(60_000, abort.signal)
  abort.abort()
  expect(await room).toBe(true)
})
