// For the types of what the plugin adds to a request.
import type {} from '@fastify/multipart'
import { kindOf, textOfDocument } from '@runnel/components/shared/stored-document'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyRequest } from 'fastify'
import { checkFileName } from '../files/file-name.ts'

export interface ReceivedDocument {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The files of an upload, and the plain fields beside them. */
export interface ReceivedDocuments {
  readonly documents: readonly ReceivedDocument[]
  readonly fields: Readonly<Record<string, string>>
}

const MEGABYTE = 1024 * 1024
/** As many may come at once as a folder of documents has. */
const FILES = 1000
const LIMITS = {
  files: FILES,
  parts: FILES + 100,
  fields: 100,
  fieldSize: 256 * 1024,
  fieldNameSize: 200,
  headerPairs: 50,
}

/**
 * Reads the parts `files` of a multipart body into memory.
 * @throws AppError `knowledge_files_too_large`, `file_name_invalid`, 400 for a broken body or too many files, 422 without one
 */
export async function receiveDocuments(request: FastifyRequest, maxMegabytes: number): Promise<ReceivedDocuments> {
  const documents: ReceivedDocument[] = []
  const fields: Record<string, string> = {}
  let left = maxMegabytes * MEGABYTE
  const tooLarge = () => new AppError('knowledge_files_too_large', [String(maxMegabytes)])
  try {
    for await (const part of request.parts({ limits: { ...LIMITS, fileSize: left }, preservePath: true })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else {
        const chunks: Buffer[] = []
        for await (const chunk of part.file) {
          left -= chunk.length
          if (left < 0) throw tooLarge()
          chunks.push(chunk)
        }
        if (part.file.truncated) throw tooLarge()
        documents.push({ name: checkFileName(part.filename), bytes: Buffer.concat(chunks) })
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge()
    if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT') {
      throw new AppError('bad_request', [`More than ${FILES} files at once are not taken. Add them in parts.`], {
        cause: error,
      })
    }
    throw new AppError('bad_request', ['The multipart body is broken'], { cause: error })
  }
  if (documents.length > 0) return { documents, fields }
  const item = { type: 'missing', loc: ['body', 'files'], msg: 'Field required', input: null }
  throw new AppError('request_invalid', [], { detail: [item] })
}

/** The text of a document. @throws AppError `bad_request` for a file of a kind that cannot be read */
export async function textOf({ name, bytes }: ReceivedDocument): Promise<string> {
  if (kindOf(name) === 'other' || kindOf(name) === 'image') {
    throw new AppError('bad_request', [`Files such as ${name} cannot be read. Convert it to text.`])
  }
  return textOfDocument({ name, bytes, mediaType: '' })
}
