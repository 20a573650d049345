import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { fileContentRetriever } from './file-content-retriever.ts'

const file_data = [
  data({ file_path: 'a.txt', text: 'Hello' }),
  message('name,age\nAda,36\n', { extra: { filename: 'people.csv' } }),
  dataFrame([
    { file_path: 'rows.json', text: '[{"city":"Rome"}]' },
    { file_path: 'columns.json', text: '{"city":["Rome","Oslo"],"year":[1900]}' },
    { file_path: 'broken.json', text: '{' },
  ]),
]
const read = async (output: string, file_path: string, more = {}) =>
  (await runComponent(fileContentRetriever, { file_data, file_path, ...more }, { outputs: [output] }))[output]

test('gives the text of a file, and nothing without a path', async () => {
  expect(await read('content', 'a.txt')).toMatchObject({ text: 'Hello' })
  expect(await read('content', '')).toMatchObject({ text: '' })
  expect(await read('content', 'broken.json')).toMatchObject({ text: '{' })
})

test.each([
  ['people.csv', [{ name: 'Ada', age: 36 }]],
  ['rows.json', [{ city: 'Rome' }]],
  [
    'columns.json',
    [
      { city: 'Rome', year: 1900 },
      { city: 'Oslo', year: null },
    ],
  ],
  ['', []],
])('gives %s as a table', async (path, rows) => {
  expect(await read('dataframe', path)).toMatchObject({ rows })
})

describe('says which files there are', () => {
  test.each([
    [
      'content',
      'b.txt',
      "File 'b.txt' not found. Available files: a.txt, broken.json, columns.json, people.csv, rows.json",
    ],
    ['dataframe', 'broken.json', "File 'broken.json' not found."],
    ['dataframe', 'a.txt', "File type '.txt' is not supported for DataFrame conversion."],
  ])('%s of %s', async (output, path, why) => {
    await expect(read(output, path)).rejects.toThrow(why)
  })

  test('when there are none', async () => {
    const none = read('content', 'x', { file_data: ['text', data({ text: 'without a path' })] })
    await expect(none).rejects.toThrow('No files were provided in file_data.')
  })
})

test('keeps files from one run to the next under a name', async () => {
  const first = await runComponent(fileContentRetriever, { file_data, persistent_dir: '/data/mine' })
  const [[name, kept = ''] = ['']] = Object.entries(first.$saved)
  const files = { [`user-1/${name}`]: { name, mediaType: '', bytes: new TextEncoder().encode(kept) } }
  const given = { file_data: [data({ file_path: 'b.txt', text: 'new' })], persistent_dir: '/data/mine' }
  for (const [file_path, text] of [
    ['a.txt', 'Hello'],
    ['b.txt', 'new'],
  ]) {
    const { content } = await runComponent(
      fileContentRetriever,
      { ...given, file_path },
      { files, outputs: ['content'] },
    )
    expect(content).toMatchObject({ text })
  }
})
