import type { Storage } from '@runnel/storage/open-storage'
import type { FileStore } from './file-store.ts'
import { readMark } from './marks.ts'

export interface RecoverFilesOptions {
  readonly storage: Pick<Storage, 'files' | 'dialect'>
  readonly store: FileStore
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Other servers on the same Postgres may be in the middle of their changes: what is older than this, in milliseconds, is not. */
const ABANDONED_MS = 24 * 3_600_000

/** Ends or takes back what a crash left half done. Files nobody was changing are never touched. */
export async function recoverFiles({ storage: { files, dialect }, store, now }: RecoverFilesOptions): Promise<void> {
  for (const { mark, time } of await store.marks()) {
    if (dialect === 'postgres' && now() - time < ABANDONED_MS) continue
    const left = readMark(mark)
    if (left.kind === 'owner') {
      const owners = await files.owners([left.folder])
      if (!owners.has(left.folder)) await store.removeFolder(left.folder)
    } else if (left.kind !== 'content') {
      const file = await files.find(left.userId, left.fileId)
      const size = file && (await store.size(left.userId, left.name))
      if (!file) await store.remove(left.userId, left.name)
      else if (size !== undefined && size !== file.size) {
        await files.update(left.userId, left.fileId, { size, updatedAt: file.updatedAt })
      }
    }
    await store.unmark(mark)
  }
}
