import { constants, createReadStream, type Stats } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import { isSimpleName } from './file-name.ts'

/** A stored file that is being read. Whoever asked for it closes the handle. */
export interface OpenFile {
  readonly handle: FileHandle
  /** Bytes. */
  readonly size: number
}

export type FileStore = ReturnType<typeof createFileStore>

/**
 * The files below `<dataDir>/files`: one folder per user and per flow, named by its id. What is being changed has a
 * mark in `.pending`; a mark that is still there at a start was left by a crash (see `recoverFiles`). Everything is on the disk,
 * not just on its way, when a call ends. Links are never followed.
 */
export function createFileStore(dataDir: string) {
  const root = resolve(dataDir, 'files')
  const pending = join(root, '.pending')
  const marked = (mark: string) => join(pending, checked(mark))
  const folderOf = (folder: string) => {
    const parsed = parseUuid(folder)
    if (!('id' in parsed) || parsed.id !== folder) throw new Error('A folder of files is named by an id')
    return join(root, folder)
  }
  const pathOf = (folder: string, name: string) => join(folderOf(folder), checked(name))

  async function makeFolder(path: string): Promise<void> {
    if ((await statOf(path))?.isDirectory()) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    if (!(await statOf(path))?.isDirectory()) throw new Error('A link stands where a folder of files belongs')
    await syncFolder(root)
  }

  /** Missing, a link and anything else that is no file are all the same: not there. */
  async function openFile(folder: string, name: string): Promise<OpenFile | undefined> {
    const path = pathOf(folder, name)
    if (!(await statOf(folderOf(folder)))?.isDirectory() || !(await statOf(path))?.isFile()) return undefined
    const handle = await orMissing(open(path, constants.O_RDONLY | NO_FOLLOW))
    return handle && { handle, size: (await handle.stat()).size }
  }

  return {
    open: openFile,

    /** Writes all of `content` under a mark and answers its size. Nothing is left when it fails or is aborted. */
    async receive(mark: string, content: Readable, signal?: AbortSignal): Promise<number> {
      await makeFolder(pending)
      return writeAll(marked(mark), [content], signal)
    },

    /** Writes the file with the content of a mark behind it under another mark, and answers the size of both. */
    join: (folder: string, name: string, mark: string, into: string): Promise<number> =>
      writeAll(marked(into), [createReadStream(pathOf(folder, name)), createReadStream(marked(mark))]),

    /** The marked content becomes a file as well. Answers false when there is one of that name. */
    async publish(mark: string, folder: string, name: string): Promise<boolean> {
      await makeFolder(folderOf(folder))
      try {
        await link(marked(mark), pathOf(folder, name))
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false
        throw faultOf(error)
      }
      await syncFolder(folderOf(folder))
      return true
    },

    /** The marked content takes the place of a file. */
    async replace(mark: string, folder: string, name: string): Promise<void> {
      await asFault(rename(marked(mark), pathOf(folder, name)))
      await syncFolder(folderOf(folder))
    },

    /** Notes what is about to change. */
    async mark(...marks: readonly string[]): Promise<void> {
      await makeFolder(pending)
      for (const mark of marks) await asFault(writeFile(marked(mark), ''))
      await syncFolder(pending)
    },

    /** The marked content goes by another mark from now on. */
    async remark(from: string, to: string): Promise<void> {
      await asFault(rename(marked(from), marked(to)))
      await syncFolder(pending)
    },

    async unmark(...marks: readonly string[]): Promise<void> {
      for (const mark of marks) await rm(marked(mark), { force: true })
    },

    /** With the time of each, epoch milliseconds. */
    async marks(): Promise<readonly { readonly mark: string; readonly time: number }[]> {
      const found = []
      for (const mark of (await orMissing(readdir(pending))) ?? []) {
        const stats = await statOf(join(pending, mark))
        if (stats) found.push({ mark, time: stats.mtimeMs })
      }
      return found
    },

    /** The names of the files in a folder, in order. */
    async list(folder: string): Promise<readonly string[]> {
      if (!(await statOf(folderOf(folder)))?.isDirectory()) return []
      const entries = (await orMissing(readdir(folderOf(folder), { withFileTypes: true }))) ?? []
      return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort()
    },

    /** Undefined when there is no such file. */
    async size(folder: string, name: string): Promise<number | undefined> {
      const stats = await statOf(pathOf(folder, name))
      return stats?.isFile() ? stats.size : undefined
    },

    async remove(folder: string, ...names: readonly string[]): Promise<void> {
      if (!(await statOf(folderOf(folder)))?.isDirectory()) return
      for (const name of names) await rm(pathOf(folder, name), { force: true })
      await syncFolder(folderOf(folder))
    },

    hasFolder: async (folder: string): Promise<boolean> => (await statOf(folderOf(folder))) !== undefined,

    removeFolder: (folder: string): Promise<void> => rm(folderOf(folder), { recursive: true, force: true }),
  }
}

/** Writes a new file, one source after the other, and answers its size. */
async function writeAll(path: string, sources: readonly Readable[], signal?: AbortSignal): Promise<number> {
  await using closing = new AsyncDisposableStack()
  const handle = closing.adopt(await asFault(open(path, 'wx', 0o600)), (opened) => opened.close())
  try {
    for (const source of sources) {
      // Aborting ends the wait for a source that says nothing more.
      if (signal) addAbortSignal(signal, source)
      await asFault(handle.writeFile(source))
    }
    await asFault(handle.sync())
    return (await handle.stat()).size
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Windows has neither, and no links an upload could make. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const CAN_SYNC_FOLDERS = process.platform !== 'win32'

async function syncFolder(path: string): Promise<void> {
  if (!CAN_SYNC_FOLDERS) return
  await using closing = new AsyncDisposableStack()
  const handle = closing.adopt(await open(path, constants.O_RDONLY), (opened) => opened.close())
  await handle.sync()
}

function checked(name: string): string {
  if (!isSimpleName(name)) throw new Error('A stored file needs a simple name')
  return name
}

const statOf = (path: string): Promise<Stats | undefined> => orMissing(lstat(path))

async function orMissing<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))) return undefined
    throw error
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE'])

async function asFault<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw faultOf(error)
  }
}

/** What the operator can mend is said as such; reads go on. */
function faultOf(error: unknown): unknown {
  if (!FULL.has(codeOf(error))) return error
  const why = 'Files cannot be written at the moment. Make room in the data folder of the server, or make it writable.'
  return new AppError('overloaded', [why], { retryAfterSeconds: 5, cause: error })
}
