import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { StoredFile } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import { isSimpleName, splitName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import { isFlowOf } from './flow-file-service.ts'
import { mediaTypeOf } from './media-type.ts'
import { diskName, fullName } from './user-file-service.ts'

/** Reads a stored file of a user by the path flows hold. */
export type ReadFile = (userId: string, path: string) => Promise<StoredFile>

/**
 * Reads stored files for runs by the path clients know: `USER_ID/FILE_ID.EXT` of the user's own files, `FLOW_ID/NAME` of
 * the files of one of the user's flows. Whatever else is asked for is not found.
 */
export function createFileReader(store: Pick<FileStore, 'open'>, storage: Pick<Storage, 'flows' | 'files'>): ReadFile {
  /** What the file is called, when the user may read it. */
  async function nameOf(userId: string, folder: string, name: string): Promise<string | undefined> {
    if (folder !== userId) return (await isFlowOf(storage, userId, folder)) ? name : undefined
    const file = await storage.files.find(userId, splitName(name).root)
    return file && diskName(file) === name ? fullName(file) : undefined
  }

  return async (userId, path) => {
    const [folder = '', name = '', ...more] = path.split('/')
    const parsed = parseUuid(folder)
    const isPath = more.length === 0 && 'id' in parsed && parsed.id === folder && isSimpleName(name)
    const shown = isPath ? await nameOf(userId, folder, name) : undefined
    const file = shown === undefined ? undefined : await store.open(folder, name)
    if (shown === undefined || !file) throw new AppError('bad_request', [`File ${path.slice(0, 100)} not found`])
    await using handle = file.handle
    return { name: shown, mediaType: mediaTypeOf(shown), bytes: await handle.readFile() }
  }
}
