// For the types of what the plugin adds to a request.
import type { MultipartFile } from '@fastify/multipart'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { FastifyRequest } from 'fastify'
import { checkFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import { createPartHeaderWatch } from './part-headers.ts'

/** An upload whose bytes are on the disk, under a mark that whoever takes it over removes. */
export interface Received {
  /** As the client wrote it: a label. */
  readonly name: string
  readonly mark: string
  /** Bytes. */
  readonly size: number
}

const MEGABYTE = 1024 * 1024
/** What the headers and boundaries around a file of the largest size may take. */
const ENVELOPE_BYTES = 16 * 1024
/** So much of a refused body is still read, so that the client gets to read the answer. */
const LINGER = { bytes: 256 * MEGABYTE, ms: 5000, idleMs: 500 }
const PART_HEADER_BYTES = 16 * 1024
const LIMITS = {
  parts: 1000,
  fields: 1000,
  files: 1000,
  fieldSize: 16 * 1024,
  fieldNameSize: 1000,
  headerPairs: 50,
  headerSize: PART_HEADER_BYTES,
}

export interface ReceiveOptions {
  readonly store: Pick<FileStore, 'receive' | 'unmark'>
  /** The largest file, in megabytes. */
  readonly maxMegabytes: number
}

/**
 * Streams the part `file` of a multipart body to the disk.
 *
 * @throws AppError `content_too_large`, `file_too_large`, `file_name_invalid`, 422 for what is no such upload, 503 when
 * the disk takes no more. Nothing is left on the disk then.
 */
export async function receiveUpload(request: FastifyRequest, options: ReceiveOptions): Promise<Received> {
  const boundary = boundaryOf(request.headers['content-type'] ?? '')
  const limit = options.maxMegabytes * MEGABYTE
  const abort = new AbortController()
  const mark = `new_${newId()}`
  try {
    const tooLarge = watchSizes(request, boundary, options.maxMegabytes)
    const received = readParts(request, { ...options, limit, mark, signal: abort.signal })
    // When the watcher wins, what the parser is still waiting for never comes.
    return await Promise.race([tooLarge, received])
  } catch (error) {
    abort.abort()
    await options.store.unmark(mark)
    await linger(request)
    throw error
  }
}

interface Reading extends ReceiveOptions {
  /** Bytes. */
  readonly limit: number
  readonly mark: string
  readonly signal: AbortSignal
}

async function readParts(request: FastifyRequest, reading: Reading): Promise<Received> {
  const { store, limit, mark, signal } = reading
  let received: Received | undefined
  try {
    const limits = { ...LIMITS, fileSize: limit }
    for await (const part of request.parts({ limits, preservePath: true })) {
      if (part.type === 'field') continue
      if (part.fieldname !== 'file' || received) {
        part.file.resume()
        continue
      }
      const name = nameOf(part)
      const size = await store.receive(mark, part.file, signal)
      if (part.file.truncated) throw new AppError('file_too_large', [String(reading.maxMegabytes)])
      received = { name, mark, size }
    }
  } catch (error) {
    throw toRefusal(error, reading.maxMegabytes)
  }
  if (received) return received
  const item = { type: 'missing', loc: ['body', 'file'], msg: 'Field required', input: null }
  throw new AppError('request_invalid', [], { detail: [item] })
}

function nameOf({ filename }: MultipartFile): string {
  if (!filename) throw new AppError('bad_request', ['No file provided'])
  return checkFileName(filename)
}

/** @throws AppError 422 */
function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType)
  if (!found || !/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new AppError('invalid_field', [
      "Content-Type header must be 'multipart/form-data' with a boundary parameter.",
    ])
  }
  const boundary = found[1] ?? found[2] ?? ''
  if (!/^[\w-]{1,70}$/.test(boundary)) throw new AppError('invalid_field', ['Invalid boundary format'])
  return boundary
}

/** Rejects as soon as the body says it is too long, or it or the headers of a part turn out to be. */
function watchSizes({ raw, headers }: FastifyRequest, boundary: string, maxMegabytes: number): Promise<never> {
  const limit = maxMegabytes * MEGABYTE + ENVELOPE_BYTES
  const refusal = (bytes: number) =>
    new AppError('content_too_large', [String(maxMegabytes), (bytes / MEGABYTE).toFixed(3)])
  const announced = Number(headers['content-length'] ?? 0)
  if (announced > limit) return Promise.reject(refusal(announced))
  return new Promise((_, reject) => {
    const areHeadersFine = createPartHeaderWatch(boundary, PART_HEADER_BYTES)
    let read = 0
    raw.on('data', (chunk: Buffer) => {
      read += chunk.length
      if (read > limit) reject(refusal(read))
      else if (!areHeadersFine(chunk)) reject(new AppError('bad_request', ['The headers of a part are too long']))
    })
  })
}

/** Reads and forgets the rest of a body, within bounds: a client that still writes would not read the answer. */
async function linger({ raw }: FastifyRequest): Promise<void> {
  raw.unpipe()
  if (raw.readableEnded || raw.destroyed) return
  let read = 0
  await new Promise<void>((resolve) => {
    const over = setTimeout(() => done(), LINGER.ms)
    const idle = setTimeout(() => done(), LINGER.idleMs)
    const done = () => {
      clearTimeout(over)
      clearTimeout(idle)
      resolve()
    }
    raw.on('data', (chunk: Buffer) => {
      read += chunk.length
      idle.refresh()
      if (read > LINGER.bytes) done()
    })
    raw.once('close', done).once('end', done).resume()
  })
}

/** What the parser and its plugin say about a body, as clients get it. */
function toRefusal(error: unknown, maxMegabytes: number): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('file_too_large', [String(maxMegabytes)])
  if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) {
    return new AppError('bad_request', ['The multipart body has too many parts. Send the file alone.'])
  }
  // The parser's own errors have no code, only a sentence.
  const isOfBody =
    code.startsWith('FST_') || code === 'ABORT_ERR' || (code === '' && /part|boundary/i.test(error.message))
  return isOfBody ? new AppError('invalid_field', ['Invalid multipart formatting'], { cause: error }) : error
}
