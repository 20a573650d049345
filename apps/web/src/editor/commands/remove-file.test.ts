import { expect, test } from 'vitest'
import type { TemplateField } from '../model/flow-document.ts'
import { removeFile } from './remove-file.ts'

const node = (id: string, file: TemplateField) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'File',
    node: { display_name: id, description: '', template: { path: { type: 'file', ...file } } },
  },
})

test('a file that is gone is taken from every node that used it, and only from those', () => {
  const other = node('other', { value: 'b.txt', file_path: 'u/b.txt' })
  const document = {
    nodes: [
      node('one', { value: 'a.txt', file_path: 'u/a.txt' }),
      node('list', { value: ['b.txt', 'a.txt', 'c.txt'], file_path: ['u/b.txt', 'u/a.txt', 'u/c.txt'] }),
      other,
    ],
    edges: [],
  }
  const { nodes } = removeFile.apply(document, { path: 'u/a.txt' })
  expect(nodes.map(({ data }) => data.node.template.path)).toEqual([
    { type: 'file', value: '', file_path: '' },
    { type: 'file', value: ['b.txt', 'c.txt'], file_path: ['u/b.txt', 'u/c.txt'] },
    { type: 'file', value: 'b.txt', file_path: 'u/b.txt' },
  ])
  expect(nodes[2]).toBe(other)
  expect(removeFile.apply(document, { path: 'u/z.txt' })).toBe(document)
})
