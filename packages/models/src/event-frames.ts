import { Fault } from './fault.ts'

/** One message of AWS's binary event streams. */
export interface EventFrame {
  /** What kind of event it is; empty for exceptions. */
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

/** Cuts the bytes of `application/vnd.amazon.eventstream` into its messages. */
export interface FrameReader {
  /** The messages these bytes complete. @throws Fault when one is too long, or these are no such bytes. */
  push(bytes: Buffer): readonly EventFrame[]
}

/** Total length, length of the headers, and the checksum of both. */
const PRELUDE = 12
const CHECKSUM = 4
const TEXT = 7

export function createFrameReader({ frameBytes }: { readonly frameBytes: number }): FrameReader {
  let rest: Buffer = Buffer.alloc(0)
  return {
    push(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      const frames: EventFrame[] = []
      while (rest.length >= PRELUDE) {
        const length = rest.readUInt32BE(0)
        if (length < PRELUDE + CHECKSUM) throw new Fault({ kind: 'broken', why: 'it is no event stream' })
        if (length > frameBytes) throw new Fault({ kind: 'limit', what: 'line', bytes: frameBytes })
        if (rest.length < length) break
        frames.push(frameOf(rest.subarray(0, length)))
        rest = rest.subarray(length)
      }
      return frames
    },
  }
}

function frameOf(bytes: Buffer): EventFrame {
  const end = PRELUDE + bytes.readUInt32BE(4)
  if (end > bytes.length - CHECKSUM) throw new Fault({ kind: 'broken', why: 'it is no event stream' })
  const headers = headersOf(bytes.subarray(PRELUDE, end))
  return {
    type: headers[':event-type'] ?? '',
    headers,
    payload: bytes.subarray(end, bytes.length - CHECKSUM).toString('utf8'),
  }
}

/** Lengths of the values that are no text, by type: two truths, bytes, short, int, long, blob, text, time, id. */
const LENGTHS = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16]

function headersOf(bytes: Buffer): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  let at = 0
  const take = (count: number): Buffer => {
    if (at + count > bytes.length) throw new Fault({ kind: 'broken', why: 'it is no event stream' })
    at += count
    return bytes.subarray(at - count, at)
  }
  while (at < bytes.length) {
    const name = take(take(1).readUInt8()).toString('utf8')
    const type = take(1).readUInt8()
    const value = take(LENGTHS[type] ?? take(2).readUInt16BE())
    if (type === TEXT && name !== '__proto__') headers[name] = value.toString('utf8')
  }
  return headers
}
