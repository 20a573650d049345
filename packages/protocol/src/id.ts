/** Ids are made from random bytes drawn in advance: two for a counter to start with, eight for the rest. */
const BYTES_PER_ID = 10
const pool = new Uint8Array(400 * BYTES_PER_ID)
/** A fresh millisecond starts its counter in the lower half, so that a burst has room to count up. */
const COUNTER_START = 0x800
const COUNTER_END = 0x1000

const ascii = new TextEncoder()
const DIGITS = ascii.encode('0123456789abcdef')
/** The last id as ASCII. Each is written over the one before: a text put together from parts costs three times this. */
const text = ascii.encode('00000000-0000-7000-8000-000000000000')
const decoder = new TextDecoder()
let used = pool.length
let lastMs = 0
let counter = 0

/**
 * A new UUID of version 7, lower case. Ids of one process ascend strictly, in the order they were made, also within
 * a millisecond and when the clock jumps back: rows keyed by them are appended, not scattered.
 */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const now = Date.now()
  if (now > lastMs) startMillisecond(now, ((random(0) << 8) | random(1)) % COUNTER_START)
  else if (++counter === COUNTER_END) startMillisecond(lastMs + 1, 0)
  putDigit(15, counter >> 8)
  putByte(16, counter)
  putByte(19, 0x80 | (random(2) & 0x3f))
  putByte(21, random(3))
  for (let byte = 0; byte < 6; byte++) putByte(24 + 2 * byte, random(4 + byte))
  used += BYTES_PER_ID
  return decoder.decode(text)
}

/** Begins the ids of another millisecond: their time is written once. */
function startMillisecond(ms: number, count: number): void {
  lastMs = ms
  counter = count
  const high = Math.floor(ms / 0x10000)
  putByte(0, high >>> 24)
  putByte(2, high >>> 16)
  putByte(4, high >>> 8)
  putByte(6, high)
  putByte(9, ms >>> 8)
  putByte(11, ms)
}

function random(offset: number): number {
  return pool[used + offset] ?? 0
}

function putByte(at: number, byte: number): void {
  putDigit(at, byte >> 4)
  putDigit(at + 1, byte)
}

/** The lowest four bits, at a place of the text. */
function putDigit(at: number, value: number): void {
  text[at] = DIGITS[value & 0xf] ?? 0
}
