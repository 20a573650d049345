import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { naturalLanguageTextSplitter } from './natural-language-text-splitter.ts'

test.each([
  ['', 'It rains. Take a coat! Will you?', ['It rains.|Take a coat!', 'Will you?']],
  ['Chinese', '下雨了。带上外套！', ['下雨了。|带上外套！']],
])('cuts between sentences: %j', async (language, text, chunks) => {
  const inputs = { language, separator: '|', chunk_size: 24, chunk_overlap: 0, data_input: [data({ text })] }
  const run = await runComponent(naturalLanguageTextSplitter, inputs)
  expect(run.data).toEqual(chunks.map((chunk) => data({ text: chunk })))
})
