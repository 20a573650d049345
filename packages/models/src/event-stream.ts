import { Fault } from './fault.ts'

/** What has been read of a `text/event-stream` and is not an event yet. Made by `createEventReader`. */
export interface EventReader {
  readonly lineBytes: number
  /** Made when it is needed; most streams come in pieces that need none. */
  decoder: TextDecoder | undefined
  hasBegun: boolean
  /** What has been decoded ends at the end of a character. */
  isWhole: boolean
  /** The beginning of a line. */
  rest: string
  /** Of the lines of the event so far. */
  data: string | undefined
}

const NONE: readonly string[] = []

/** A record and a function over it: a token passes through a dozen readers, and each closure would be another place to look at. */
export const createEventReader = ({ lineBytes }: { readonly lineBytes: number }): EventReader => ({
  lineBytes,
  decoder: undefined,
  hasBegun: false,
  isWhole: true,
  rest: '',
  data: undefined,
})

/** Nothing is kept of what was read: the next event is read as if it were the first. */
export const isBetweenEvents = ({ isWhole, rest, data }: EventReader): boolean =>
  isWhole && rest === '' && data === undefined

/**
 * Cuts bytes, all of them unless said, into the data of the events that they complete, as the HTML standard says.
 * @throws Fault when a line is too long
 */
export function readEvents(
  reader: EventReader,
  bytes: Uint8Array,
  first = 0,
  last: number = bytes.length,
): readonly string[] {
  const { lineBytes } = reader
  let text = decode(reader, bytes, first, last)
  let from = 0
  let searchFrom = 0
  if (reader.rest !== '') {
    searchFrom = reader.rest.length
    text = reader.rest + text
    reader.rest = ''
  }
  if (text.includes('\r')) {
    // A CR at the end may be half of a CRLF: it waits for its LF.
    const half = text.endsWith('\r')
    text = (half ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n') + (half ? '\r' : '')
    searchFrom = 0
  }
  let events: string[] | undefined
  for (;;) {
    const end = text.indexOf('\n', searchFrom)
    if (end === -1) break
    searchFrom = end + 1
    if (end === from) {
      if (reader.data !== undefined) {
        if (events) events.push(reader.data)
        else events = [reader.data]
        reader.data = undefined
      }
    } else {
      checkLength(text, from, end, lineBytes)
      if (text.startsWith('data', from)) {
        const value = dataOf(text, from, end)
        if (value !== undefined) reader.data = reader.data === undefined ? value : `${reader.data}\n${value}`
      }
    }
    from = end + 1
  }
  if (from < text.length) {
    checkLength(text, from, text.length, lineBytes)
    reader.rest = from === 0 ? text : text.slice(from)
  }
  return events ?? NONE
}

/**
 * Decodes UTF-8 that comes in pieces, without a byte order mark at the start. Joining characters that are split over
 * pieces costs more than the rest of the reading, so it is left out while pieces end in ASCII.
 */
function decode(reader: EventReader, bytes: Uint8Array, from: number, to: number): string {
  if (from === to) return ''
  const { hasBegun, isWhole } = reader
  reader.hasBegun = true
  reader.isWhole = (bytes[to - 1] ?? 128) < 128
  if (isWhole && reader.isWhole && Buffer.isBuffer(bytes)) {
    return bytes.toString(undefined, hasBegun || !isByteOrderMark(bytes, from) ? from : from + 3, to)
  }
  reader.decoder ??= new TextDecoder('utf-8', { ignoreBOM: hasBegun })
  return reader.decoder.decode(bytes.subarray(from, to), { stream: true })
}

const isByteOrderMark = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf

/** The value of a `data` line; undefined for lines of other fields, `database: …`. */
function dataOf(text: string, from: number, end: number): string | undefined {
  const colon = from + 4
  if (colon === end) return ''
  if (text.charCodeAt(colon) !== 58) return undefined
  return text.slice(text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1, end)
}

function checkLength(text: string, from: number, end: number, lineBytes: number): void {
  // A character takes at most three bytes of UTF-8 per unit, so short lines need no counting.
  if ((end - from) * 3 <= lineBytes) return
  if (Buffer.byteLength(text.slice(from, end)) > lineBytes) {
    throw new Fault({ kind: 'limit', what: 'line', bytes: lineBytes })
  }
}
