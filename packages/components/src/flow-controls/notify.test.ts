import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { notify } from './notify.ts'

const say = (input_value: unknown, rest: Readonly<Record<string, unknown>> = {}, state = new Map()) =>
  runComponent(notify, { context_key: 'news', input_value, ...rest }, { state })

test('gives the value it keeps and tells those that listen', async () => {
  const { result, $notified } = await say(data({ a: 1 }))
  expect(result).toEqual(data({ a: 1 }))
  expect($notified).toEqual(['news'])
})

test.each([
  ['a message', message('hi'), data({ text: 'hi' })],
  ['a text', 'hi', data({ text: 'hi' })],
  ['a number', 7, data({ text: '7' })],
  ['nothing', undefined, data({ text: '' })],
  ['a table', dataFrame([{ a: 1 }, { a: 2 }]), [data({ a: 1 }), data({ a: 2 })]],
])('makes records of %s', async (_, value, kept) => {
  expect((await say(value)).result).toEqual(kept)
})

test('adds to what is kept, or takes its place', async () => {
  const state = new Map()
  expect((await say('one', { append: true }, state)).result).toEqual([data({ text: 'one' })])
  expect((await say('two', { append: true }, state)).result).toEqual([data({ text: 'one' }), data({ text: 'two' })])
  expect((await say('three', {}, state)).result).toEqual(data({ text: 'three' }))
})

test('asks for a key', async () => {
  await expect(say('x', { context_key: ' ' })).rejects.toMatchObject({ code: 'invalid_field' })
})
