const POOL_BYTES = 4096
const BYTES_PER_ID = 8
/** A fresh millisecond starts its counter in the lower half, so that a burst has room to count up. */
const COUNTER_START = 0x800
const COUNTER_END = 0x1000

const pool = new Uint8Array(POOL_BYTES)
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
let used = POOL_BYTES
let lastMs = 0
let counter = 0

/**
 * A new UUID of version 7, lower case. Ids of one process ascend strictly, in the order they were made, also within
 * a millisecond and when the clock jumps back: rows keyed by them are appended, not scattered.
 */
export function newId(): string {
  if (used === POOL_BYTES) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const at = used
  used += BYTES_PER_ID
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    counter = ((byteAt(at) << 8) | byteAt(at + 1)) % COUNTER_START
  } else if (++counter === COUNTER_END) {
    lastMs += 1
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const variant = hex[0x80 | (byteAt(at + 2) & 0x3f)]
  const tail = `${pair(at + 4)}${pair(at + 5)}${pair(at + 6)}${pair(at + 7)}`
  const node = `${((counter ^ byteAt(at)) & 0xff).toString(16).padStart(2, '0')}${pair(at + 1)}${tail}`
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${pair(at + 3)}-${node}`
}

function byteAt(index: number): number {
  return pool[index] ?? 0
}

function pair(index: number): string {
  return hex[byteAt(index)] ?? '00'
}
