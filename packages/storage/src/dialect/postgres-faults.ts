import { missingOwner, UniqueViolation, unavailable } from '../faults.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE = '23505'
const FOREIGN_KEY = '23503'
const DISK_FULL = '53100'
const READ_ONLY = '25006'
/** Connection lost or refused, server starting or stopping, too many connections, deadlock, serialization. */
const PASSING = /^(08|57P0|40|53|55P03|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/
/** `pg` says these without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** An error of Postgres, or of the way to it, as the rest of the room knows it. */
export function translatePostgres(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === UNIQUE && 'constraint' in error) return new UniqueViolation(String(error.constraint), { cause: error })
  if (code === FOREIGN_KEY) return missingOwner(error)
  if (code === DISK_FULL) {
    return unavailable('The disk of the database is full, so nothing can be saved. Free some space.', error)
  }
  if (code === READ_ONLY) return unavailable('The database is read-only at this moment. Try again later.', error)
  if (PASSING.test(code) || LOST.test(error.message)) {
    return unavailable('The database cannot be reached at this moment. Try again later.', error)
  }
  return error
}
