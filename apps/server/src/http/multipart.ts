// For the types of what the plugin adds to a request.
import type {} from '@fastify/multipart'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface UploadLimits {
  /** Bytes of one file. */
  readonly bytes: number
}

/** A scope whose routes take multipart bodies; other routes know nothing of them. */
export function withMultipart(
  app: FastifyInstance,
  { bytes }: UploadLimits,
  register: (scope: FastifyInstance) => void,
): void {
  app.register(async (scope) => {
    const { default: multipart } = await import('@fastify/multipart')
    const limits = { fileSize: bytes, files: 1, parts: 1000, fields: 1000, fieldSize: 1024 * 1024, fieldNameSize: 1000 }
    // Called, not registered: the scope is its own, and comparing versions costs as much as all else the plugin does.
    await new Promise<void>((resolve) => void multipart(scope, { limits }, () => resolve()))
    register(scope)
  })
}

export interface Upload {
  readonly name: string
  readonly content: Buffer
}

/** The part `file` of a multipart body. @throws AppError 413, 422 without such a part, 400 for a broken body */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  try {
    const part = request.isMultipart() ? await request.file() : undefined
    const content = await part?.toBuffer()
    // The plugin notices a cut only with the bytes that follow it; a file cut between two chunks ends silently.
    if (part?.file.truncated) throw tooLarge(request)
    if (content && part?.fieldname === 'file') return { name: part.filename, content }
  } catch (error) {
    // Errors of the plugin carry a status; what the parser throws about a broken body does not.
    if (error instanceof AppError || (error instanceof Error && 'statusCode' in error)) throw error
    throw new AppError('bad_request', ['The multipart body is broken'], { cause: error })
  }
  const item = { type: 'missing', loc: ['body', 'file'], msg: 'Field required', input: null }
  throw new AppError('request_invalid', [], { detail: [item] })
}

function tooLarge({ routeOptions }: FastifyRequest): AppError {
  const megabytes = (routeOptions.bodyLimit ?? 0) / (1024 * 1024)
  return new AppError('content_too_large', [megabytes.toFixed(0), `more than ${megabytes.toFixed(3)}`])
}
