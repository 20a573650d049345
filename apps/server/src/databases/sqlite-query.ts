import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { AppError } from '@runnel/protocol/errors'
import type { DatabaseRows } from '@runnel/sdk'
import { z } from 'zod'
import { LIMITS, namedRows } from './database-limits.ts'
import { SQLITE_CHILD } from './sqlite-child.ts'

const Told = z.object({
  error: z.string().optional(),
  columns: z.array(z.string()).default([]),
  rows: z.array(z.array(z.unknown())).default([]),
  isCut: z.boolean().default(false),
})

export interface SqliteAsked {
  readonly statement: string
  /** The database; nothing is an empty one. */
  readonly bytes: Uint8Array
  /** The statement may change it. */
  readonly writes: boolean
}

export interface SqliteAnswer extends DatabaseRows {
  /** The database as it is now, where the statement may change it. */
  readonly bytes: Uint8Array
}

/**
 * Runs one statement on a SQLite database, given as bytes, in a process of its own.
 * @throws AppError `bad_request` with what SQLite says, or when it takes too long; the signal's reason.
 */
export async function querySqlite(
  { statement, bytes, writes }: SqliteAsked,
  signal: AbortSignal,
  timeoutMs: number = LIMITS.timeoutMs,
): Promise<SqliteAnswer> {
  signal.throwIfAborted()
  const timer = AbortSignal.timeout(timeoutMs)
  const args = ['--permission', '--no-warnings', '--eval', SQLITE_CHILD]
  const child = spawn(process.execPath, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
  const stop = () => void child.kill('SIGKILL')
  const either = AbortSignal.any([signal, timer])
  either.addEventListener('abort', stop, { once: true })
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  try {
    child.stdin.on('error', () => undefined) // told by what it answers
    const asked = { statement, writes, maxRows: LIMITS.rows, maxBytes: LIMITS.bytes, maxGrowth: LIMITS.growth }
    child.stdin.write(`${JSON.stringify(asked)}\n`)
    child.stdin.end(bytes)
    const given = await Promise.race([buffer(child.stdout), failed])
    signal.throwIfAborted()
    if (timer.aborted) throw refused(`it took longer than ${timeoutMs / 1000} seconds`)
    const end = given.indexOf(10)
    if (end === -1) throw refused('SQLite ended without an answer')
    const { error, columns, rows, isCut } = Told.parse(JSON.parse(given.subarray(0, end).toString('utf8')))
    if (error !== undefined) throw refused(error)
    return { ...namedRows(columns, rows, isCut), bytes: given.subarray(end + 1) }
  } finally {
    either.removeEventListener('abort', stop)
    stop()
  }
}

const refused = (why: string) => new AppError('bad_request', [why])
