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

/** What has been read of one HTTP/1.1 response. Made by `createResponseReader`. */
export interface ResponseReader {
  readonly events: ResponseEvents
  state: State
  status: number
  isReusable: boolean
  headers: Record<string, string>
  /** The beginning of a line whose end is still to come. */
  held: string
  /** Of the head or the trailers, so far. */
  headBytes: number
  /** Of the body or its chunk, still to come. */
  left: number
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

/** A record and functions over it: every token of every stream comes through here. */
export const createResponseReader = (events: ResponseEvents): ResponseReader => ({
  events,
  state: 'status',
  status: 0,
  isReusable: false,
  headers: {},
  held: '',
  headBytes: 0,
  left: 0,
})

/**
 * Reads the bytes of a connection: all of them unless said, which need no view of their own then.
 * @throws Fault for bytes that are no HTTP
 */
export function readResponse(reader: ResponseReader, bytes: Buffer, to: number = bytes.length): void {
  let at = 0
  while (at < to && reader.state !== 'done') {
    const { state } = reader
    if (state === 'chunk' || state === 'length' || state === 'until close') at = readBody(reader, bytes, at, to)
    else {
      const next = readFrame(reader, bytes, at, to)
      at = next === at ? readLine(reader, bytes, at, to) : next
    }
  }
  // Whoever sends more than was asked for is not asked again.
  if (reader.state === 'done') reader.events.end(reader.isReusable && at === to)
}

/** The other side has ended the connection, which is the end of some responses. */
export function closeResponse(reader: ResponseReader): void {
  if (reader.state !== 'until close') return
  reader.state = 'done'
  reader.events.end(false)
}

function takeLine(reader: ResponseReader, line: string): void {
  switch (reader.state) {
    case 'status': {
      const found = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(line)
      if (!found) throw broken()
      reader.status = Number(found[2])
      reader.isReusable = found[1] === '1'
      reader.headers = {}
      reader.state = 'headers'
      return
    }
    case 'headers':
      if (line === '') endHead(reader)
      else takeHeader(reader.headers, line)
      return
    case 'chunk size': {
      const size = /^([\da-f]{1,8})[\t ]*(?:;|$)/i.exec(line)?.[1]
      if (size === undefined) throw broken()
      reader.left = Number.parseInt(size, 16)
      reader.state = reader.left === 0 ? 'trailers' : 'chunk'
      return
    }
    case 'chunk end':
      if (line !== '') throw broken()
      reader.headBytes = 0
      reader.state = 'chunk size'
      return
    case 'trailers':
      if (line === '') reader.state = 'done'
      return
    default:
      throw new Error(`No lines are read in the state ${reader.state}.`)
  }
}

function endHead(reader: ResponseReader): void {
  const { headers, status, events } = reader
  reader.headBytes = 0
  if (status < 200) {
    // Informational: the answer is still to come. Another protocol was not asked for.
    if (status === 101) throw broken()
    reader.state = 'status'
    return
  }
  const encoding = headers['transfer-encoding']
  const length = headers['content-length']
  if (/\bclose\b/i.test(headers.connection ?? '') || (encoding !== undefined && length !== undefined)) {
    reader.isReusable = false
  }
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw broken()
  events.head(status, headers)
  if (status === 204 || status === 304 || length === '0') reader.state = 'done'
  else if (encoding !== undefined) reader.state = /\bchunked$/i.test(encoding) ? 'chunk size' : 'until close'
  else if (length === undefined) reader.state = 'until close'
  else {
    reader.left = Number(length)
    reader.state = 'length'
  }
}

/**
 * Reads the size of a chunk, or the line end after one, where all of it is there and nothing else is: a token of a
 * model is a chunk, and making lines of what stands around it costs as much as the token. Answers where to go on;
 * `from` when it is for `readLine`.
 */
function readFrame(reader: ResponseReader, bytes: Buffer, from: number, to: number): number {
  if (reader.held !== '') return from
  let at = from
  if (reader.state === 'chunk end') {
    if (at + 2 > to || bytes[at] !== CR || bytes[at + 1] !== LF) return from
    at += 2
    reader.headBytes = 0
    reader.state = 'chunk size'
  }
  if (reader.state !== 'chunk size') return at
  let size = 0
  let end = at
  for (let digit = hexDigit(bytes[end]); digit !== -1; digit = hexDigit(bytes[++end])) size = size * 16 + digit
  const isPlain = size > 0 && end - at <= 8 && end + 2 <= to && bytes[end] === CR && bytes[end + 1] === LF
  if (!isPlain) return at
  reader.left = size
  reader.state = 'chunk'
  return end + 2
}

/** Reads to the end of a line, if it is there; answers where to go on. */
function readLine(reader: ResponseReader, bytes: Buffer, from: number, to: number): number {
  const lf = bytes.indexOf(LF, from)
  const isWhole = lf !== -1 && lf < to
  const end = isWhole ? lf : to
  reader.headBytes += end - from
  if (reader.headBytes > HEAD_BYTES) throw broken()
  reader.held += bytes.toString('latin1', from, end)
  if (!isWhole) return to
  const line = reader.held.endsWith('\r') ? reader.held.slice(0, -1) : reader.held
  reader.held = ''
  takeLine(reader, line)
  return lf + 1
}

/** Reads as much of the body as there is; answers where to go on. */
function readBody(reader: ResponseReader, bytes: Buffer, from: number, to: number): number {
  if (reader.state === 'until close') {
    reader.events.body(bytes, from, to)
    return to
  }
  const end = Math.min(to, from + reader.left)
  reader.left -= end - from
  if (reader.left === 0) reader.state = reader.state === 'chunk' ? 'chunk end' : 'done'
  reader.events.body(bytes, from, end)
  return end
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
