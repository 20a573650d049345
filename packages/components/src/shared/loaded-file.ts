import { AppError, messageOf } from '@runnel/protocol/errors'
import type { RunContext, StoredFile } from '@runnel/sdk'
import { isArchiveName, unpackArchive } from './archive.ts'
import { kindOf, textOfDocument } from './stored-document.ts'

export interface LoadedFile {
  /** Where it is stored; for a file of an archive, the archive. */
  readonly path: string
  readonly file: StoredFile
  /** Empty for an image. */
  readonly text: string
}

export interface LoadOptions {
  /** A file that cannot be read is left out. */
  readonly silent: boolean
  /** A file of a kind that cannot be read is left out; else it is an error. */
  readonly ignoreUnsupported: boolean
  readonly encoding?: string
}

/**
 * Reads stored files, archives unpacked, and their texts, in order.
 * @throws AppError `invalid_field` for a file that cannot be read, unless such are left out.
 */
export async function loadFiles(
  paths: readonly string[],
  { silent, ignoreUnsupported, encoding = '' }: LoadOptions,
  { files, log, signal }: Pick<RunContext, 'files' | 'log' | 'signal'>,
): Promise<readonly LoadedFile[]> {
  const loaded: LoadedFile[] = []
  for (const path of paths) {
    signal.throwIfAborted()
    try {
      for (const file of unpacked(await files.read(path))) {
        if (kindOf(file.name) !== 'other') {
          loaded.push({ path, file, text: await textOfDocument(file, encoding) })
        } else if (ignoreUnsupported) {
          log('Files', `${file.name} was left out: files of its kind cannot be read.`)
        } else throw new AppError('invalid_field', [`Files such as ${file.name} cannot be read. Convert it to text.`])
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (!silent)
        throw new AppError('invalid_field', [`Error loading file ${path}: ${messageOf(error)}`], { cause: error })
      log('Files', `${path} was left out: ${messageOf(error)}`)
    }
  }
  return loaded
}

function unpacked(file: StoredFile): readonly StoredFile[] {
  if (!isArchiveName(file.name)) return [file]
  return unpackArchive(file.name, file.bytes).map(({ name, bytes }) => ({ name, bytes, mediaType: '' }))
}
