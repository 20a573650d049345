import type { LogLevel } from './config.ts'

/** Structured lines. Never given field values, prompts, keys or bodies. */
export interface Log {
  error(message: string, details?: Readonly<Record<string, unknown>>): void
  warn(message: string, details?: Readonly<Record<string, unknown>>): void
  info(message: string, details?: Readonly<Record<string, unknown>>): void
}

const RANK: Readonly<Record<LogLevel, number>> = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 }

/** Writes one JSON line per call at or above `level`; JSON escapes what could break a line. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const at =
    (name: LogLevel) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      if (RANK[name] < RANK[level]) return
      const entry = { level: name.toLowerCase(), time: new Date().toISOString(), message, ...details }
      write(`${JSON.stringify(entry, (_, value) => (value instanceof Error ? describe(value) : value))}\n`)
    }
  return { error: at('ERROR'), warn: at('WARNING'), info: at('INFO') }
}

const describe = (error: Error) => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
  ...(error.cause instanceof Error && { cause: error.cause.message }),
})
