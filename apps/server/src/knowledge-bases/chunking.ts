import { chunksOf } from '@runnel/components/processing/split-text'
import { recursiveChunks } from '@runnel/components/shared/recursive-chunks'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

/** How texts are cut; sizes in characters. */
export interface Chunking {
  readonly size: number
  readonly overlap: number
  /** Empty: wherever it suits the text. */
  readonly separator: string
}

/** The text cut as asked; blank chunks are left out. */
export const chunksOfText = (text: string, { size, overlap, separator }: Chunking): readonly string[] =>
  separator === '' ? recursiveChunks(text, { size, overlap }) : chunksOf(text, { size, overlap, separator })

/** What the fields of a form say of it. @throws AppError `invalid_field` */
export function chunkingIn(fields: Readonly<Record<string, string>>): Chunking {
  const size = numberIn(fields.chunk_size, 1000, 'chunk_size')
  const overlap = numberIn(fields.chunk_overlap, Math.min(200, size - 1), 'chunk_overlap')
  if (size < 1 || size > 100_000 || overlap < 0 || overlap >= size) {
    throw new AppError('invalid_field', ['chunk_size must be 1 to 100000, and chunk_overlap less than it.'])
  }
  return { size, overlap, separator: (fields.separator ?? '').replaceAll('\\n', '\n') }
}

/** The JSON object in a field; an empty one when it is not sent. @throws AppError `invalid_field` */
export function objectIn(json: string | undefined, name: string): Readonly<Record<string, unknown>> {
  if (json === undefined || json.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(json)
    if (isObject(value)) return value
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new AppError('invalid_field', [`${name} is no JSON object.`])
}

function numberIn(text: string | undefined, usual: number, name: string): number {
  if (text === undefined || text.trim() === '') return usual
  const value = Number(text)
  if (Number.isInteger(value)) return value
  throw new AppError('invalid_field', [`${name} is no whole number.`])
}
