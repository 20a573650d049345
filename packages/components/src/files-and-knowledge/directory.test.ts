import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { directory } from './directory.ts'

const stored = (name: string, text: string) => ({ name, mediaType: '', bytes: new TextEncoder().encode(text) })
const files = {
  'flow-1/a.txt': stored('a.txt', 'A'),
  'flow-1/b.md': stored('b.md', 'B'),
  'flow-1/.c.txt': stored('.c.txt', 'C'),
  'flow-1/d.exe': stored('d.exe', 'D'),
  'flow-2/e.txt': stored('e.txt', 'E'),
}

test.each([
  [{ path: 'flow-1' }, ['A', 'B']],
  [{ path: 'flow-1', types: ['md'] }, ['B']],
  [{ path: 'flow-1', load_hidden: true }, ['A', 'B', 'C']],
  [{ path: '.' }, ['A', 'B', 'E']],
  [{ path: 'flow-3' }, []],
])('reads the files that fit %j', async (inputs, texts) => {
  const { dataframe, data } = await runComponent(directory, inputs, { files })
  const { rows } = dataframe as { readonly rows: readonly { readonly text: string }[] }
  expect(rows.map(({ text }) => text)).toEqual(texts)
  expect(data).toMatchObject(texts.map((text) => ({ data: { text } })))
})

test('refuses kinds of files it cannot read', async () => {
  await expect(runComponent(directory, { types: ['exe'] }, { files })).rejects.toThrow(
    "Invalid file types specified: ['exe']",
  )
})
