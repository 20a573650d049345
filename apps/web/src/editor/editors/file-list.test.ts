import { expect, test } from 'vitest'
import { ofFolder } from './file-list.ts'

const file = (path: string): File =>
  Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path })

test('of a folder what is hidden, and what the component cannot read, is left out and counted', () => {
  const given = ['notes/a.txt', 'notes/.git/config.txt', 'notes/.DS_Store', 'notes/deep/b.TXT', 'notes/c.exe'].map(file)
  const { files, hidden, unfit } = ofFolder(given, ['txt'])
  expect([files.map(({ name }) => name), hidden, unfit]).toEqual([['a.txt', 'b.TXT'], 2, 1])
  expect(ofFolder(given, []).unfit).toBe(0)
})
