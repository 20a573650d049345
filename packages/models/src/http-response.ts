import { Fault } from './fault.ts'

/** By lower-case name; of a name that comes twice the first, of lists all. */
export type ResponseHeaders = Readonly<Record<string, string>>

/** What a response reader tells: the head, the pieces of the body, the end. Without an end it is not complete. */
export interface ResponseEvents {
  head(status: number, headers: ResponseHeaders): void
  /** Some of the bytes that were pushed, so that no token needs a view of its own. Valid until the call returns. */
  body(bytes: Buffer, from: number, to: number): void
  /** `isReusable`: the connection may carry another request. */
  end(isReusable: boolean): void
}

/** Reads one HTTP/1.1 response from the bytes of a connection. */
export interface ResponseReader {
  /** All of the bytes unless said, which need no view of their own then. @throws Fault for bytes that are no HTTP. */
  push(bytes: Buffer, to?: number): void
  /** The other side has ended the connection, which is the end of some responses. */
  close(): void
}

type State =
  | 'status'
  | 'headers'
  | 'length'
  | 'until close'
  | 'chunk size'
  | 'chunk'
  | 'chunk end'
  | 'trailers'
  | 'done'

const HEAD_BYTES = 64 * 1024
const LF = 10
const CR = 13
const LISTS = new Set(['connection', 'content-length', 'transfer-encoding'])

export function createResponseReader(events: ResponseEvents): ResponseReader {
  let state: State = 'status'
  let status = 0
  let isReusable = false
  let headers: Record<string, string> = {}
  /** The beginning of a line whose end is still to come. */
  let held = ''
  /** Of the head or the trailers, so far. */
  let headBytes = 0
  /** Of the body or its chunk, still to come. */
  let left = 0

  function takeLine(line: string): void {
    switch (state) {
      case 'status': {
        const found = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(line)
        if (!found) throw broken()
        status = Number(found[2])
        isReusable = found[1] === '1'
        headers = {}
        state = 'headers'
        return
      }
      case 'headers':
        if (line === '') endHead()
        else takeHeader(headers, line)
        return
      case 'chunk size': {
        const size = /^([\da-f]{1,8})[\t ]*(?:;|$)/i.exec(line)?.[1]
        if (size === undefined) throw broken()
        left = Number.parseInt(size, 16)
        state = left === 0 ? 'trailers' : 'chunk'
        return
      }
      case 'chunk end':
        if (line !== '') throw broken()
        headBytes = 0
        state = 'chunk size'
        return
      case 'trailers':
        if (line === '') state = 'done'
        return
      default:
        throw new Error(`No lines are read in the state ${state}.`)
    }
  }

  function endHead(): void {
    headBytes = 0
    if (status < 200) {
      // Informational: the answer is still to come. Another protocol was not asked for.
      if (status === 101) throw broken()
      state = 'status'
      return
    }
    const encoding = headers['transfer-encoding']
    const length = headers['content-length']
    if (/\bclose\b/i.test(headers.connection ?? '') || (encoding !== undefined && length !== undefined)) {
      isReusable = false
    }
    if (length !== undefined && !/^\d{1,15}$/.test(length)) throw broken()
    events.head(status, headers)
    if (status === 204 || status === 304 || length === '0') state = 'done'
    else if (encoding !== undefined) state = /\bchunked$/i.test(encoding) ? 'chunk size' : 'until close'
    else if (length === undefined) state = 'until close'
    else {
      left = Number(length)
      state = 'length'
    }
  }

  /**
   * Reads the size of a chunk, or the line end after one, where all of it is there and nothing else is: a token of a
   * model is a chunk, and making lines of what stands around it costs as much as the token. Answers where to go on;
   * `from` when it is for `readLine`.
   */
  function readFrame(bytes: Buffer, from: number, to: number): number {
    if (held !== '') return from
    let at = from
    if (state === 'chunk end') {
      if (at + 2 > to || bytes[at] !== CR || bytes[at + 1] !== LF) return from
      at += 2
      headBytes = 0
      state = 'chunk size'
    }
    if (state !== 'chunk size') return at
    let size = 0
    let end = at
    for (let digit = hexDigit(bytes[end]); digit !== -1; digit = hexDigit(bytes[++end])) size = size * 16 + digit
    const isPlain = size > 0 && end - at <= 8 && end + 2 <= to && bytes[end] === CR && bytes[end + 1] === LF
    if (!isPlain) return at
    left = size
    state = 'chunk'
    return end + 2
  }

  /** Reads to the end of a line, if it is there; answers where to go on. */
  function readLine(bytes: Buffer, from: number, to: number): number {
    const lf = bytes.indexOf(LF, from)
    const isWhole = lf !== -1 && lf < to
    const end = isWhole ? lf : to
    headBytes += end - from
    if (headBytes > HEAD_BYTES) throw broken()
    held += bytes.toString('latin1', from, end)
    if (!isWhole) return to
    const line = held.endsWith('\r') ? held.slice(0, -1) : held
    held = ''
    takeLine(line)
    return lf + 1
  }

  /** Reads as much of the body as there is; answers where to go on. */
  function readBody(bytes: Buffer, from: number, to: number): number {
    if (state === 'until close') {
      events.body(bytes, from, to)
      return to
    }
    const end = Math.min(to, from + left)
    left -= end - from
    if (left === 0) state = state === 'chunk' ? 'chunk end' : 'done'
    events.body(bytes, from, end)
    return end
  }

  return {
    push(bytes, to = bytes.length) {
      let at = 0
      while (at < to && state !== 'done') {
        if (state === 'chunk' || state === 'length' || state === 'until close') at = readBody(bytes, at, to)
        else {
          const next = readFrame(bytes, at, to)
          at = next === at ? readLine(bytes, at, to) : next
        }
      }
      // Whoever sends more than was asked for is not asked again.
      if (state === 'done') events.end(isReusable && at === to)
    },
    close() {
      if (state !== 'until close') return
      state = 'done'
      events.end(false)
    },
  }
}

/** The value of a hexadecimal digit; -1 for anything else, and for the end of the bytes. */
function hexDigit(code = 0): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function takeHeader(headers: Record<string, string>, line: string): void {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).toLowerCase()
  if (colon < 1 || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw broken()
  const value = line.slice(colon + 1).trim()
  const known = Object.hasOwn(headers, name) ? headers[name] : undefined
  if (known === undefined) headers[name] = value
  else if (LISTS.has(name)) headers[name] = `${known}, ${value}`
}

const broken = () => new Fault({ kind: 'connection', code: 'invalid HTTP' })
