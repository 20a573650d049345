import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alikeText, createAlikeChunks, learnAlike, textAlone } from './alike-chunks.ts'
import { chatObject } from './chat-completion.ts'

const chunk = (content: string, more: object = {}) =>
  JSON.stringify({ id: 'c-1', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })

/** What has learned one chunk. */
function learned(json: string) {
  const alike = createAlikeChunks()
  learnAlike(alike, json, textAlone(chatObject(json)) ?? '')
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

test('after a few chunks that are never alike no more are tried', () => {
  const alike = createAlikeChunks()
  for (let i = 0; i < 4; i++) learnAlike(alike, chunk('one', { id: String(i) }), 'one')
  learnAlike(alike, chunk('one', { id: 'last' }), 'one')
  expect(alikeText(alike, chunk('two', { id: 'last' }))).toBeUndefined()
  expect(alikeText(alike, chunk('two', { id: '3' }))).toBe('two')
})
