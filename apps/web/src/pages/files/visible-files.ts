import type { UserFileRead } from '@runnel/protocol/files'
import { timeOf } from '../../ui/time.tsx'
import { extensionOf } from './file-type.ts'

export const FILE_LIST = { q: '', sort: 'modified', order: 'descending' } as const
export type FileListState = Readonly<Record<keyof typeof FILE_LIST, string>>

/** What the user calls it, extension and all. */
export const nameOf = (file: Pick<UserFileRead, 'name' | 'path'>): string => {
  const extension = extensionOf(file.path)
  return extension ? `${file.name}.${extension}` : file.name
}

/** Files whose name, extension included, holds the words, in the order of a column. */
export function visibleFiles(
  files: readonly UserFileRead[],
  { q, sort, order }: FileListState,
  language: string,
): readonly UserFileRead[] {
  const words = q.trim().toLowerCase()
  const found = files.filter((file) => nameOf(file).toLowerCase().includes(words))
  const { compare } = new Intl.Collator(language, { numeric: true })
  const sorted = found.toSorted((a, b) =>
    sort === 'name'
      ? compare(nameOf(a), nameOf(b))
      : sort === 'size'
        ? a.size - b.size
        : timeOf(a.updated_at) - timeOf(b.updated_at),
  )
  return order === 'descending' ? sorted.reverse() : sorted
}
