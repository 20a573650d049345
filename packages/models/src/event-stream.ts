import { Fault } from './fault.ts'

/** Cuts the bytes of a `text/event-stream` into the data of its events, as the HTML standard says. */
export interface EventReader {
  /** The data of the events that these bytes, all of them unless said, complete. @throws Fault when a line is too long. */
  push(bytes: Uint8Array, from?: number, to?: number): readonly string[]
}

const NONE: readonly string[] = []

export function createEventReader({ lineBytes }: { readonly lineBytes: number }): EventReader {
  const decode = createDecoder()
  let rest = ''
  let data: string | undefined

  return {
    push(bytes, first = 0, last = bytes.length) {
      let text = decode(bytes, first, last)
      let from = 0
      let searchFrom = 0
      if (rest !== '') {
        searchFrom = rest.length
        text = rest + text
        rest = ''
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
          if (data !== undefined) {
            if (events) events.push(data)
            else events = [data]
            data = undefined
          }
        } else {
          checkLength(text, from, end, lineBytes)
          if (text.startsWith('data', from)) {
            const value = dataOf(text, from, end)
            if (value !== undefined) data = data === undefined ? value : `${data}\n${value}`
          }
        }
        from = end + 1
      }
      if (from < text.length) {
        checkLength(text, from, text.length, lineBytes)
        rest = from === 0 ? text : text.slice(from)
      }
      return events ?? NONE
    },
  }
}

/**
 * Decodes UTF-8 that comes in pieces, without a byte order mark at the start. Joining characters that are split over
 * pieces costs more than the rest of the reading, so it is left out while pieces end in ASCII.
 */
function createDecoder(): (bytes: Uint8Array, from: number, to: number) => string {
  const decoder = new TextDecoder()
  let isWhole = false
  return (bytes, from, to) => {
    const wasWhole = isWhole
    isWhole = to > from && (bytes[to - 1] ?? 128) < 128
    return wasWhole && isWhole && Buffer.isBuffer(bytes)
      ? bytes.toString(undefined, from, to)
      : decoder.decode(bytes.subarray(from, to), { stream: true })
  }
}

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
