import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'
import { notify } from './notify.ts'

test('gives what was said last under its key', async () => {
  const state = new Map()
  await runComponent(notify, { context_key: 'news', input_value: data({ text: 'rain' }) }, { state })
  const heard = await runComponent(listen, { context_key: 'news' }, { state })
  expect(heard.data).toEqual(data({ text: 'rain' }))
})

test('gives an empty text until something was said', async () => {
  expect((await runComponent(listen, { context_key: 'news' })).data).toEqual(data({ text: '' }))
})

test('names the field by which the engine finds it', () => {
  expect(Object.keys(listen.inputs)).toContain(listen.listensTo)
})
