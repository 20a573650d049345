import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAlikeChunks, textAlone } from './alike-chunks.ts'
import { chatObject } from './chat-completion.ts'

const chunk = (content: string, more: object = {}) =>
  JSON.stringify({ id: 'c-1', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })

/** What has learned one chunk. */
function learned(json: string) {
  const alike = createAlikeChunks()
  alike.learn(json, textAlone(chatObject(json)) ?? '')
  return alike
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
      const text = learned(chunk(first, firstMore)).textOf(json)
      if (text !== undefined) expect(text).toBe(textAlone(chatObject(json)))
    }),
  )
})

test('a chunk like the one before is read without parsing, another one is not', () => {
  const alike = learned(chunk('one'))
  expect(alike.textOf(chunk(' two, 字'))).toBe(' two, 字')
  expect(alike.textOf(chunk('a "quoted" word'))).toBeUndefined()
  expect(alike.textOf(chunk('two', { usage: { prompt_tokens: 1 } }))).toBeUndefined()
  expect(alike.textOf(chunk('two').replace('null', '"stop"'))).toBeUndefined()
  expect(alike.textOf(chunk(''))).toBeUndefined()
})

test('a text that stands somewhere else too is not taken from there', () => {
  const said = chunk('same', { echo: 'same' })
  const alike = learned(said)
  expect(alike.textOf(said.replace('"echo":"same"', '"echo":"other"'))).toBeUndefined()
})

test('after a few chunks that are never alike no more are tried', () => {
  const alike = createAlikeChunks()
  for (let i = 0; i < 4; i++) alike.learn(chunk('one', { id: String(i) }), 'one')
  alike.learn(chunk('one', { id: 'last' }), 'one')
  expect(alike.textOf(chunk('two', { id: 'last' }))).toBeUndefined()
  expect(alike.textOf(chunk('two', { id: '3' }))).toBe('two')
})
