import { expect, test } from 'vitest'
import { refusedSpans } from './partial-success.ts'

const protobuf = (...bytes: readonly number[]) => refusedSpans(Uint8Array.from(bytes), 'application/x-protobuf')

test('an answer without a word, or with a warning alone, took all spans', () => {
  expect(protobuf()).toBeUndefined()
  expect(protobuf(0x0a, 0x00)).toBeUndefined()
  expect(protobuf(0x0a, 0x04, 0x12, 0x02, 0x68, 0x69)).toBeUndefined()
  expect(refusedSpans(new TextEncoder().encode('{}'), 'application/json')).toBeUndefined()
  expect(refusedSpans(new TextEncoder().encode('<html>'), 'application/json')).toBeUndefined()
  expect(refusedSpans(new TextEncoder().encode('OK'), 'text/plain')).toBeUndefined()
})

test('spans that were refused are counted, with the reason', () => {
  // rejected_spans = 300, error_message = "no"
  expect(protobuf(0x0a, 0x07, 0x08, 0xac, 0x02, 0x12, 0x02, 0x6e, 0x6f)).toBe('Refused 300 spans: no')
  const json = '{"partialSuccess":{"rejectedSpans":"2","errorMessage":""}}'
  expect(refusedSpans(new TextEncoder().encode(json), 'application/json; charset=utf-8')).toBe('Refused 2 spans.')
})
