/**
 * The smallest hashes of some names, in order: enough to tell how many different ones there are, however many rows
 * they come from, and to join what was counted apart.
 */
export type SessionSketch = readonly number[]

/** Up to so many are counted exactly; more are told within some five in a hundred. */
const MOST = 512
const SPACE = 2 ** 32
const BASIS = 0x811c9dc5

/** A name again under another prefix is another one. */
export function sketchOf(names: Iterable<string>, prefix = ''): SessionSketch {
  const start = hashOn(BASIS, prefix)
  const hashes = new Set<number>()
  for (const name of names) hashes.add(mixed(hashOn(start, name)))
  return smallest(hashes)
}

/** Those of the names of all. */
export function joinSketches(sketches: readonly SessionSketch[]): SessionSketch {
  if (sketches.length === 1) return sketches[0] ?? []
  let joined = new Set<number>()
  let limit = SPACE
  for (const sketch of sketches) {
    for (const value of sketch) {
      if (value > limit) break
      joined.add(value)
    }
    if (joined.size < 4 * MOST) continue
    const kept = smallest(joined)
    joined = new Set(kept)
    limit = kept.at(-1) ?? SPACE
  }
  return smallest(joined)
}

/** How many different names there were. */
export function countOf(sketch: SessionSketch): number {
  const largest = sketch.at(-1)
  if (sketch.length < MOST || largest === undefined) return sketch.length
  return Math.round(((MOST - 1) * SPACE) / largest)
}

const smallest = (hashes: ReadonlySet<number>): SessionSketch => [...Uint32Array.from(hashes).sort().subarray(0, MOST)]

/** FNV-1a. */
function hashOn(start: number, text: string): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** Its bits mixed as MurmurHash 3 does: spread evenly, and some ten times faster than a digest. */
function mixed(hash: number): number {
  const one = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const two = Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
  return (two ^ (two >>> 16)) >>> 0
}
