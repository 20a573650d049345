import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { recursiveCharacterTextSplitter } from './recursive-character-text-splitter.ts'

const split = async (text: string, inputs: object) => {
  const given = { chunk_overlap: 0, separators: [], data_input: [data({ text })], ...inputs }
  const { data: chunks } = await runComponent(recursiveCharacterTextSplitter, given)
  return (chunks as readonly { data: { text: string } }[]).map((chunk) => chunk.data.text) // the output is Data
}

test('cuts between paragraphs, and inside long ones between words', async () => {
  expect(await split('one\n\ntwo three four', { chunk_size: 12 })).toEqual(['one', 'two three', 'four'])
})

test('cuts at separators of the user and keeps them', async () => {
  expect(await split('a;b;c', { chunk_size: 2, separators: [';'] })).toEqual(['a', ';b', ';c'])
})
