import type { Embeddings } from '@runnel/sdk'

/** No text has more tokens than a third of its bytes, but for rare ones that a model cuts itself. */
const BYTES_PER_TOKEN = 3

/**
 * Embeddings of texts of any length: one over `tokens` is embedded in pieces, and what they mean together is the mean
 * of their vectors, weighed by length and brought back to length 1.
 */
export function withLongTexts(embeddings: Embeddings, tokens: number): Embeddings {
  if (tokens <= 0) return embeddings
  return {
    ...embeddings,
    async embed(texts, signal, request) {
      const pieces = texts.map((text) => piecesOf(text, tokens * BYTES_PER_TOKEN))
      const vectors = await embeddings.embed(pieces.flat(), signal, request)
      let next = 0
      return pieces.map((own) => {
        const mine = vectors.slice(next, next + own.length)
        next += own.length
        return mine.length === 1 ? (mine[0] ?? []) : meanOf(mine, own)
      })
    },
  }
}

/** The text in pieces of at most so many bytes, cut at blanks where there are some. */
export function piecesOf(text: string, bytes: number): readonly string[] {
  if (Buffer.byteLength(text) <= bytes) return [text]
  const pieces: string[] = []
  let piece = ''
  let size = 0
  for (const part of text.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? []) {
    const length = Buffer.byteLength(part)
    if (size + length > bytes && piece !== '') {
      pieces.push(piece)
      piece = ''
      size = 0
    }
    if (length <= bytes) {
      piece += part
      size += length
      continue
    }
    // A word that is too long itself.
    for (const letter of part) {
      const width = Buffer.byteLength(letter)
      if (size + width > bytes && piece !== '') {
        pieces.push(piece)
        piece = ''
        size = 0
      }
      piece += letter
      size += width
    }
  }
  return piece === '' ? pieces : [...pieces, piece]
}

function meanOf(vectors: readonly (readonly number[])[], pieces: readonly string[]): readonly number[] {
  const [first = []] = vectors
  const sum = first.map((_, at) =>
    vectors.reduce((total, vector, index) => total + (vector[at] ?? 0) * (pieces[index]?.length ?? 0), 0),
  )
  const length = Math.hypot(...sum)
  return length === 0 ? sum : sum.map((value) => value / length)
}
