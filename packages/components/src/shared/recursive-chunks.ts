import { chunksOf, piecesOf } from '../processing/split-text.ts'

/** Where a text is best cut, and where it is if that does not help. */
const SEPARATORS = ['\n\n', '\n', ' ', ''] as const

export interface RecursiveOptions {
  /** The most characters of a chunk. */
  readonly size: number
  /** The most characters neighbouring chunks share. */
  readonly overlap: number
  /** `start`: a separator begins the piece behind it, for those that are more than white space. */
  readonly keep?: 'none' | 'start'
}

/**
 * Splits a text into chunks of at most `size` characters that share up to `overlap`: between paragraphs where it can,
 * else between lines, words, and at last characters.
 * @throws AppError `invalid_field` when the overlap is larger than the size
 */
export function recursiveChunks(
  text: string,
  options: RecursiveOptions,
  separators: readonly string[] = SEPARATORS,
): readonly string[] {
  const { size, overlap, keep = 'none' } = options
  const at = separators.findIndex((separator) => separator === '' || text.includes(separator))
  const separator = separators[at]
  if (text.length <= size || separator === undefined || separator === '') {
    return chunksOf(text, { size, overlap, separator: '' })
  }
  const further = separators.slice(at + 1)
  const chunks: string[] = []
  let fitting: string[] = []
  const flush = () => {
    const joint = keep === 'none' ? separator : ''
    if (fitting.length > 0) chunks.push(...chunksOf(fitting.join(joint), { size, overlap, separator, keep }))
    fitting = []
  }
  for (const piece of piecesOf(text, separator, keep)) {
    if (piece.length <= size) fitting.push(piece)
    else {
      flush()
      chunks.push(...recursiveChunks(piece, options, further))
    }
  }
  flush()
  return chunks
}
