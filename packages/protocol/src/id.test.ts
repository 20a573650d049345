import { expect, test } from 'vitest'
import { newId } from './id.ts'

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('is a UUID of version 7 that tells the time', () => {
  const before = Date.now()
  const id = newId()
  expect(id).toMatch(VERSION_7)
  const ms = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
  expect(ms).toBeGreaterThanOrEqual(before)
})

test('ascends strictly over many ids of one millisecond', () => {
  const ids = Array.from({ length: 50_000 }, newId)
  expect(ids.every((id) => VERSION_7.test(id))).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
