import { AppError } from '@runnel/protocol/errors'
import type { FilesPort } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { FileRecord } from '@runnel/storage/records'
import type { ReadFile } from './file-reader.ts'
import type { FileStore } from './file-store.ts'
import { isFlowOf } from './flow-file-service.ts'
import { diskName, fullName, type UserFileService } from './user-file-service.ts'

export interface RunFilesOptions {
  readonly read: ReadFile
  readonly userFiles: Pick<UserFileService, 'list' | 'save'>
  readonly store: Pick<FileStore, 'list' | 'size'>
  readonly storage: Pick<Storage, 'flows'>
}

/** The stored files a run may use. */
export interface RunFiles {
  /** Those of one user and of the user's flows. */
  of(userId: string): FilesPort
}

/** The port by which runs read and keep files. */
export function createRunFiles({ read, userFiles, store, storage }: RunFilesOptions): RunFiles {
  return {
    of: (userId) => ({
      read: (path) => read(userId, path),
      async list(folder = userId) {
        if (folder === userId) return (await userFiles.list(userId)).map(entryOf)
        if (!(await isFlowOf(storage, userId, folder))) throw new AppError('bad_request', ['There is no such folder.'])
        const names = await store.list(folder)
        const sizes = await Promise.all(names.map((name) => store.size(folder, name)))
        return names.map((name, index) => ({ path: `${folder}/${name}`, name, size: sizes[index] ?? 0 }))
      },
      save: async (name, content) => entryOf(await userFiles.save(userId, name, content)),
    }),
  }
}

const entryOf = (file: FileRecord) => ({
  path: `${file.userId}/${diskName(file)}`,
  name: fullName(file),
  size: file.size,
})
