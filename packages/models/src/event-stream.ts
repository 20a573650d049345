import { Fault } from './fault.ts'

/** Cuts the bytes of a `text/event-stream` into the data of its events, as the HTML standard says. */
export interface EventReader {
  /** The data of the events that these bytes complete. @throws Fault when a line is too long. */
  push(bytes: Uint8Array): readonly string[]
}

const NONE: readonly string[] = []

export function createEventReader({ lineBytes }: { readonly lineBytes: number }): EventReader {
  const decoder = new TextDecoder() // removes a byte order mark at the start, joins characters split over packets
  let rest = ''
  let data: string | undefined

  return {
    push(bytes) {
      let text = decoder.decode(bytes, { stream: true })
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
