import type { UserFileRead } from '@runnel/protocol/files'
import { expect, test } from 'vitest'
import { FILE_LIST, nameOf, visibleFiles } from './visible-files.ts'

const file = (name: string, extension: string, size: number, updated_at: string): UserFileRead => ({
  id: name,
  name,
  path: `user/${name}${extension}`,
  size,
  provider: null,
  user_id: 'user',
  created_at: updated_at,
  updated_at,
})
const files = [
  file('part 10', '.pdf', 30, '2026-01-01T00:00:00'),
  file('part 9', '.PDF', 10, '2026-01-03T00:00:00'),
  file('README', '', 20, '2026-01-02T00:00:00'),
]
const shown = (change: object) => visibleFiles(files, { ...FILE_LIST, ...change }, 'en').map(nameOf)

test('the newest file comes first, and each column sorts', () => {
  expect(shown({})).toEqual(['part 9.pdf', 'README', 'part 10.pdf'])
  expect(shown({ sort: 'name', order: 'ascending' })).toEqual(['part 9.pdf', 'part 10.pdf', 'README'])
  expect(shown({ sort: 'size' })).toEqual(['part 10.pdf', 'README', 'part 9.pdf'])
})

test('an extension is found as a name is', () => {
  expect(shown({ q: '.pdf' })).toEqual(['part 9.pdf', 'part 10.pdf'])
  expect(shown({ q: 'read' })).toEqual(['README'])
})
