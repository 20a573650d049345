import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AlikeChunks, createAlikeChunks, endOfText, learnAlike, textAlone } from './alike-chunks.ts'
import { chatObject } from './chat-completion.ts'

const chunk = (content: string, more: object = {}) =>
  JSON.stringify({ id: 'c-1', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })

const eventOf = (json: string): string => `data: ${json}\n\n`

/** What has learned one chunk. */
function learned(json: string, event = eventOf(json)) {
  const alike = createAlikeChunks()
  learnAlike(alike, event, json, textAlone(chatObject(json)) ?? '')
  return alike
}

/** The text of an event that is found without reading it, in the middle of other bytes. */
function alikeText(alike: AlikeChunks, json: string, event = eventOf(json)): string | undefined {
  const bytes = Buffer.from(`\n\n${event}data: `)
  const to = 2 + Buffer.byteLength(event)
  const end = endOfText(alike, bytes, 2, to)
  if (end === -1) return undefined
  expect(end + alike.after.length).toBe(to)
  return bytes.toString(undefined, 2 + alike.before.length, end)
}

test('whatever a chunk holds: what is read without parsing is what parsing gives', () => {
  const content = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(',', ':', '{', 'content', 'm', '"', '\\n', '0,"x":"', 'null'),
  )
  const more = fc.oneof(
    fc.constant({}),
    fc.record({ usage: fc.constantFrom(null, { prompt_tokens: 1 }) }),
    fc.record({ content: fc.string(), x: fc.jsonValue() }),
  )
  fc.assert(
    fc.property(content, more, content, more, (first, firstMore, second, secondMore) => {
      const json = chunk(second, secondMore)
      const text = alikeText(learned(chunk(first, firstMore)), json)
      if (text !== undefined) expect(text).toBe(textAlone(chatObject(json)))
    }),
  )
})

test('a chunk like the one before is read without parsing, another one is not', () => {
  const alike = learned(chunk('one'))
  expect(alikeText(alike, chunk(' two, 字'))).toBe(' two, 字')
  expect(alikeText(alike, chunk('a "quoted" word'))).toBeUndefined()
  expect(alikeText(alike, chunk('two', { usage: { prompt_tokens: 1 } }))).toBeUndefined()
  expect(alikeText(alike, chunk('two').replace('null', '"stop"'))).toBeUndefined()
  expect(alikeText(alike, chunk(''))).toBeUndefined()
})

test('a text that stands somewhere else too is not taken from there', () => {
  const said = chunk('same', { echo: 'same' })
  const alike = learned(said)
  expect(alikeText(alike, said.replace('"echo":"same"', '"echo":"other"'))).toBeUndefined()
})

test('an event may have other lines and other ends of them, but the same', () => {
  const event = (json: string) => `event: message\r\nid: 1\r\ndata:${json}\r\n\r\n`
  const alike = learned(chunk('one'), event(chunk('one')))
  expect(alikeText(alike, chunk('two'), event(chunk('two')))).toBe('two')
  expect(alikeText(alike, chunk('two'))).toBeUndefined()
  const inTwoLines = 'data: {"choices":\ndata: [{"delta":{"content":"one"}}]}\n\n'
  const cut = learned('{"choices":\n[{"delta":{"content":"one"}}]}', inTwoLines)
  expect(alikeText(cut, '', inTwoLines)).toBeUndefined()
})

test('of an event that has not come whole nothing is taken', () => {
  const alike = learned(chunk('one'))
  const bytes = Buffer.from(eventOf(chunk('two')))
  for (let to = 0; to < bytes.length; to++) expect(endOfText(alike, bytes, 0, to)).toBe(-1)
  expect(endOfText(alike, bytes, 0, bytes.length)).toBeGreaterThan(0)
})

test('after a few chunks that are never alike no more are tried', () => {
  const alike = createAlikeChunks()
  const learn = (json: string) => learnAlike(alike, eventOf(json), json, 'one')
  for (let i = 0; i < 4; i++) learn(chunk('one', { id: String(i) }))
  learn(chunk('one', { id: 'last' }))
  expect(alikeText(alike, chunk('two', { id: 'last' }))).toBeUndefined()
  expect(alikeText(alike, chunk('two', { id: '3' }))).toBe('two')
})
