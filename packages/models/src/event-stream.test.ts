import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventReader, readEvents } from './event-stream.ts'

const bytesOf = (text: string): Buffer => Buffer.from(text)
const read = (...pieces: readonly (string | Buffer)[]): readonly string[] => {
  const events = createEventReader({ lineBytes: 1000 })
  return pieces.flatMap((piece) => readEvents(events, typeof piece === 'string' ? bytesOf(piece) : piece))
}

test.each([
  ['a blank after the colon or none', 'data: a\n\ndata:b\n\n', ['a', 'b']],
  ['CRLF and lone CR as line ends', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c']],
  ['several data lines as one event', 'data: a\ndata: b\n\n', ['a\nb']],
  ['an empty data line', 'data\n\n', ['']],
  ['only one blank removed', 'data:  a\n\n', [' a']],
  ['comments and other fields skipped', ': ping\nevent: x\nid: 1\nretry: 5\ndatabase: y\ndata: a\n\n', ['a']],
  ['a byte order mark skipped', '\uFEFFdata: a\n\n', ['a']],
  ['no event without data', 'event: x\n\n\n\n', []],
  ['no event without its blank line', 'data: a\n', []],
])('reads %s', (_, text, expected) => {
  expect(read(text)).toEqual(expected)
})

test('takes a byte order mark for one at the start alone, however the bytes are cut', () => {
  const mark = Buffer.from('\uFEFF')
  expect(read(mark.subarray(0, 1), mark.subarray(1), 'data: a\n\n')).toEqual(['a'])
  expect(read(mark, 'data: a\n\n')).toEqual(['a'])
  expect(read('data: ', mark, 'a\n\n')).toEqual(['\uFEFFa'])
  expect(read('data: a\n', '\uFEFFdata: b\n\n')).toEqual(['a'])
  expect(read('', '\uFEFFdata: a\n\n')).toEqual(['a'])
})

test('gives the same events wherever the bytes are cut', () => {
  const line = fc.stringMatching(/^[a-zé€🎈 :]{0,12}$/u)
  const event = fc.tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n'))
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), fc.array(fc.nat(200), { maxLength: 8 }), (events, cuts) => {
      const bytes = bytesOf(
        events.map(([lines, end]) => lines.map((text) => `data: ${text}${end}`).join('') + end).join(''),
      )
      const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
      const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end))
      expect(read(...pieces)).toEqual(events.map(([lines]) => lines.join('\n')))
    }),
  )
})

test('refuses a line over the limit, whole or still open, counted in bytes', () => {
  expect(() => read(`data: ${'x'.repeat(995)}\n\n`)).toThrow('limit')
  expect(() => read('data: ', '€'.repeat(400))).toThrow('limit')
  expect(read(`data: ${'x'.repeat(994)}\n\n`)).toHaveLength(1)
})
