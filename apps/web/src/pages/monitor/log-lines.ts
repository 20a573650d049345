import { isObject } from '@runnel/protocol/json'

/** A line of the server's log. */
export interface LogLine {
  readonly id: number
  /** Epoch milliseconds. */
  readonly time: number
  readonly level: string
  /** The message for people. */
  readonly text: string
  /** As it was logged. */
  readonly raw: string
}

/** Lines that are kept; older ones make room. */
export const KEPT_LINES = 10_000
export const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const
/** A line may have a level of its own. */
const RANKS: readonly string[] = LEVELS

const NUMBERED: Readonly<Record<string, string>> = {
  '10': 'debug',
  '20': 'debug',
  '30': 'info',
  '40': 'warn',
  '50': 'error',
  '60': 'fatal',
}
let lastId = 0

/** One line; those that are no JSON are all message. */
export function readLine(time: number, raw: string): LogLine {
  lastId += 1
  const line = { id: lastId, time, raw: raw.trimEnd() }
  try {
    const parsed: unknown = JSON.parse(raw)
    if (!isObject(parsed)) return { ...line, level: 'info', text: line.raw }
    const { level = 'info', message, msg, time: _, timestamp: __, ...rest } = parsed
    const word = NUMBERED[String(level)] ?? String(level).toLowerCase()
    const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
    return { ...line, level: word, text: `${String(message ?? msg ?? '')}${more}` }
  } catch {
    return { ...line, level: 'info', text: line.raw }
  }
}

/** What an answer of `/logs`, or one record of its stream, holds, the oldest first. */
export const readRecord = (record: unknown): readonly LogLine[] =>
  isObject(record)
    ? Object.entries(record)
        .map(([time, raw]) => readLine(Number(time), String(raw)))
        .sort((a, b) => a.time - b.time)
    : []

/** Lines of a stream that is cut anywhere; what is left waits for the rest. */
export function createRecordReader(): (chunk: string) => readonly LogLine[] {
  let rest = ''
  return (chunk) => {
    const records = (rest + chunk).split('\n\n')
    rest = records.pop() ?? ''
    return records.flatMap((record) => (record.startsWith('{') ? readRecord(JSON.parse(record)) : []))
  }
}

/** Lines of this level or worse that hold the words. */
export function matchingLines(lines: readonly LogLine[], level: string, search: string): readonly LogLine[] {
  const least = RANKS.indexOf(level)
  const words = search.trim().toLowerCase()
  if (least < 0 && words === '') return lines
  return lines.filter((line) => {
    const rank = RANKS.indexOf(line.level)
    return (least < 0 || rank < 0 || rank >= least) && line.raw.toLowerCase().includes(words)
  })
}
