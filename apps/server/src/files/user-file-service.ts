import { Readable } from 'node:stream'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { FileRecord } from '@runnel/storage/records'
import { checkFileName, labelOf, splitName } from './file-name.ts'
import type { FileStore, OpenFile } from './file-store.ts'
import { changingMark, growingMark } from './marks.ts'
import type { Received } from './receive-upload.ts'

export interface UserFileServiceOptions {
  readonly storage: Pick<Storage, 'files'>
  readonly store: FileStore
  readonly maxMegabytes: number
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type UserFileService = ReturnType<typeof createUserFileService>

/** Two requests may ask for the same free name at the same moment. */
const NAME_ATTEMPTS = 20
const MEGABYTE = 1024 * 1024
/** What is answered as one JSON string. */
const TEXT_BYTES = 16 * MEGABYTE

/** What a file is called on the disk. */
export const diskName = ({ id, extension }: Pick<FileRecord, 'id' | 'extension'>): string => `${id}${extension}`
/** What a file is called by its user. */
export const fullName = ({ name, extension }: Pick<FileRecord, 'name' | 'extension'>): string => `${name}${extension}`

/**
 * Files of users: a row for each, the bytes under the user's id. A row is written after its bytes and removed before
 * them, under a mark, so that a crash leaves both or neither.
 */
export function createUserFileService({ storage: { files }, store, maxMegabytes, now }: UserFileServiceOptions) {
  const growing = new Map<string, Promise<unknown>>()

  async function find(userId: string, id: string): Promise<FileRecord> {
    const file = await files.find(userId, id)
    if (!file) throw new AppError('file_not_found')
    return file
  }

  async function addRow(file: FileRecord, wanted: string): Promise<FileRecord> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await files.add({ ...file, name: await files.uniqueName(file.userId, wanted) })
      } catch (error) {
        const isTaken = error instanceof AppError && error.code === 'name_not_unique'
        if (!isTaken || attempt >= NAME_ATTEMPTS) throw error
      }
    }
  }

  async function add(userId: string, { name, mark, size }: Received): Promise<FileRecord> {
    const { root, extension } = splitName(labelOf(name))
    const time = now()
    const file = { id: newId(), userId, name: root, extension, size, createdAt: time, updatedAt: time }
    const changing = changingMark(userId, diskName(file))
    await store.remark(mark, changing)
    try {
      await store.publish(changing, userId, diskName(file))
      return await addRow(file, root)
    } catch (error) {
      await store.remove(userId, diskName(file))
      throw error
    } finally {
      await store.unmark(changing)
    }
  }

  /** Appends to one file happen one after the other. */
  async function inTurn<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (growing.get(id) ?? Promise.resolve()).then(work, work)
    growing.set(id, turn)
    try {
      return await turn
    } finally {
      if (growing.get(id) === turn) growing.delete(id)
    }
  }

  async function grow(userId: string, id: string, { mark, size }: Received): Promise<FileRecord> {
    const file = await find(userId, id)
    if (file.size + size > maxMegabytes * MEGABYTE) throw new AppError('file_too_large', [String(maxMegabytes)])
    const changing = growingMark(userId, diskName(file))
    const whole = `${mark}_whole`
    await store.mark(changing)
    try {
      const joined = await store.join(userId, diskName(file), mark, whole)
      await store.replace(whole, userId, diskName(file))
      const grown = await files.update(userId, id, { size: joined, updatedAt: now() })
      if (!grown) throw new AppError('file_not_found')
      return grown
    } finally {
      await store.unmark(whole)
      await store.unmark(changing)
    }
  }

  async function overwrite(file: FileRecord, { mark, size }: Received): Promise<FileRecord> {
    const changing = growingMark(file.userId, diskName(file))
    await store.mark(changing)
    try {
      await store.replace(mark, file.userId, diskName(file))
      const updated = await files.update(file.userId, file.id, { size, updatedAt: now() })
      if (!updated) throw new AppError('file_not_found')
      return updated
    } finally {
      await store.unmark(changing)
    }
  }

  async function contentOf(file: FileRecord): Promise<Uint8Array> {
    const { handle } = await open(file)
    await using _closing = handle
    return await handle.readFile()
  }

  async function remove(userId: string, removed: readonly FileRecord[]): Promise<number> {
    if (removed.length === 0) return 0
    const marks = removed.map((file) => changingMark(userId, diskName(file)))
    await store.mark(...marks)
    const gone = new Set(
      await files.remove(
        userId,
        removed.map(({ id }) => id),
      ),
    )
    await store.remove(userId, ...removed.filter(({ id }) => gone.has(id)).map(diskName))
    // After a failure the marks stay: the next start ends what was begun.
    await store.unmark(...marks)
    return gone.size
  }

  async function open(file: FileRecord): Promise<OpenFile> {
    const opened = await store.open(file.userId, diskName(file))
    if (!opened) throw new AppError('file_not_found')
    return opened
  }

  return {
    find,
    open,

    /** Takes an upload over; its name gets a number when the user has a file of that name. */
    add,

    /** Adds the content to the user's file of that name and extension, or makes it. */
    async append(userId: string, received: Received): Promise<FileRecord> {
      const { root, extension } = splitName(labelOf(received.name))
      const file = await files.findByName(userId, root)
      if (file?.extension !== extension) return add(userId, received)
      try {
        return await inTurn(file.id, () => grow(userId, file.id, received))
      } finally {
        await store.unmark(received.mark)
      }
    },

    /**
     * Keeps the content as the user's file of that name: `content` answers it, given what the file holds so far.
     * @throws AppError `file_name_invalid`, `file_too_large`
     */
    save: (
      userId: string,
      name: string,
      content: (existing: Uint8Array | undefined) => Uint8Array | Promise<Uint8Array>,
    ): Promise<FileRecord> =>
      inTurn(`${userId}/${name}`, async () => {
        const label = labelOf(checkFileName(name))
        const file = (await files.list(userId)).find((one) => fullName(one) === label)
        const bytes = await content(file && (await contentOf(file)))
        if (bytes.length > maxMegabytes * MEGABYTE) throw new AppError('file_too_large', [String(maxMegabytes)])
        const mark = `new_${newId()}`
        const received = { name: label, mark, size: await store.receive(mark, Readable.from([bytes])) }
        try {
          return file ? await inTurn(file.id, () => overwrite(file, received)) : await add(userId, received)
        } finally {
          await store.unmark(mark)
        }
      }),

    /** Oldest first; of the given ids, or all. */
    list: (userId: string, ids?: readonly string[]) => files.list(userId, ids),

    /** The whole file as text. @throws AppError `file_not_found`, or 400 when it is too long for one answer */
    async text(userId: string, id: string): Promise<string> {
      const file = await find(userId, id)
      const { handle, size } = await open(file)
      await using _closing = handle
      if (size > TEXT_BYTES) {
        const limit = TEXT_BYTES / MEGABYTE
        throw new AppError('bad_request', [`The file is larger than ${limit}MB. Download it without return_content.`])
      }
      return await handle.readFile('utf8')
    },

    /** @throws AppError `file_name_invalid`, `file_not_found`, `name_not_unique` */
    async rename(userId: string, id: string, name: string): Promise<FileRecord> {
      const renamed = await files.update(userId, id, { name: labelOf(checkFileName(name)), updatedAt: now() })
      if (!renamed) throw new AppError('file_not_found')
      return renamed
    },

    /** Answers how many of the ids were files of the user; they are gone. */
    remove: async (userId: string, ids: readonly string[]): Promise<number> =>
      remove(userId, await files.list(userId, ids)),

    removeAll: async (userId: string): Promise<number> => remove(userId, await files.list(userId)),
  }
}
