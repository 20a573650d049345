import { chunksOf, piecesOf } from '../processing/split-text.ts'

/** Where a text is best cut, and where it is if that does not help. */
const SEPARATORS = ['\n\n', '\n', ' ', ''] as const

/**
 * Splits a text into chunks of at most `size` characters that share up to `overlap`: between paragraphs where it can,
 * else between lines, words, and at last characters.
 * @throws AppError `invalid_field` when the overlap is larger than the size
 */
export function recursiveChunks(
  text: string,
  { size, overlap }: { readonly size: number; readonly overlap: number },
  separators: readonly string[] = SEPARATORS,
): readonly string[] {
  const at = separators.findIndex((separator) => separator === '' || text.includes(separator))
  const separator = separators[at]
  if (text.length <= size || separator === undefined || separator === '') {
    return chunksOf(text, { size, overlap, separator: '' })
  }
  const further = separators.slice(at + 1)
  const chunks: string[] = []
  let fitting: string[] = []
  const flush = () => {
    if (fitting.length > 0) chunks.push(...chunksOf(fitting.join(separator), { size, overlap, separator }))
    fitting = []
  }
  for (const piece of piecesOf(text, separator, 'none')) {
    if (piece.length <= size) fitting.push(piece)
    else {
      flush()
      chunks.push(...recursiveChunks(piece, { size, overlap }, further))
    }
  }
  flush()
  return chunks
}
