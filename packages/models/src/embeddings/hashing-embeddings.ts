import type { Embeddings } from '@runnel/sdk'

const DIMENSIONS = 384

/**
 * Embeddings made on this machine, without a model: words and their pieces are hashed into a vector of length 1. Texts
 * that share words, or words of one stem, are near; what words mean it does not know.
 */
export function hashingEmbeddings({ dimensions }: { readonly dimensions?: number | undefined } = {}): Embeddings {
  const length = dimensions || DIMENSIONS
  return {
    kind: 'embeddings',
    provider: 'Built-in',
    model: 'hashing-384',
    async embed(texts, signal) {
      signal.throwIfAborted()
      return texts.map((text) => hashedVector(text, length))
    },
  }
}

const WORD_WEIGHT = 1
const PIECE_WEIGHT = 0.35
const PIECE_LENGTH = 3

function hashedVector(text: string, length: number): readonly number[] {
  const vector = new Array<number>(length).fill(0)
  const add = (feature: string, weight: number) => {
    const hash = fnv1a(feature)
    const at = hash % length
    // The sign lets features that fall together cancel out instead of adding up.
    vector[at] = (vector[at] ?? 0) + (hash & 0x8000_0000 ? -weight : weight)
  }
  for (const [word, times] of countedWords(text)) {
    const often = 1 + Math.log(times)
    add(word, WORD_WEIGHT * often)
    const framed = `^${word}$`
    for (let at = 0; at + PIECE_LENGTH <= framed.length; at++) {
      add(framed.slice(at, at + PIECE_LENGTH), PIECE_WEIGHT * often)
    }
  }
  const size = Math.hypot(...vector)
  // A text without words still needs a direction.
  if (size === 0) return vector.fill(0).with(0, 1)
  return vector.map((value) => value / size)
}

function countedWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** A hash of 32 bits that spreads short texts well. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b_3c6d) >>> 0
}
