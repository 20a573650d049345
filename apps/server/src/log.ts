import type { LogLevel } from './config.ts'
import { maskSecrets } from './logs/mask-secrets.ts'

/** Structured lines. Never given field values, prompts, keys or bodies. */
export interface Log {
  error(message: string, details?: Readonly<Record<string, unknown>>): void
  warn(message: string, details?: Readonly<Record<string, unknown>>): void
  info(message: string, details?: Readonly<Record<string, unknown>>): void
}

const RANK: Readonly<Record<LogLevel, number>> = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 }

/** Writes one JSON line per call at or above `level`; JSON escapes what could break a line, secrets are masked. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const at =
    (name: LogLevel) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      if (RANK[name] < RANK[level]) return
      const entry = { level: name.toLowerCase(), time: new Date().toISOString(), message, ...details }
      const line = JSON.stringify(entry, (_, value) => (value instanceof Error ? describe(value) : value))
      write(`${maskSecrets(line).replace(CONTROLS, escaped)}\n`)
    }
  return { error: at('ERROR'), warn: at('WARNING'), info: at('INFO') }
}

/** Controls and line separators that JSON lets through. */
const CONTROLS = /[\u007f-\u009f\u2028\u2029]/g
const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`

const describe = (error: Error) => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
  ...(error.cause instanceof Error && { cause: error.cause.message }),
})
