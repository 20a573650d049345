import { data, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { characterTextSplitter } from './character-text-splitter.ts'

const split = async (inputs: object) =>
  (await runComponent(characterTextSplitter, { chunk_size: 5, chunk_overlap: 0, ...inputs })).data

test('gives a record for each chunk, with what the text came with', async () => {
  const input = { data_input: [data({ text: 'ab\n\ncd\n\nefg', page: 1 })] }
  expect(await split(input)).toEqual([
    data({ text: 'ab', page: 1 }),
    data({ text: 'cd', page: 1 }),
    data({ text: 'efg', page: 1 }),
  ])
})

test('takes a separator typed with a backslash, and messages', async () => {
  const found = await split({ data_input: [message('ab\ncd\nefg')], separator: '\\n' })
  expect(found).toMatchObject([{ data: { text: 'ab\ncd' } }, { data: { text: 'efg' } }])
})

test('needs a text', async () => {
  await expect(split({ data_input: [] })).rejects.toThrow('There is no text to split.')
})
