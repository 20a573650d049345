import type { DatabaseSync, StatementSync } from 'node:sqlite'

const KEPT = 200

/**
 * Statements by their text, prepared once; the oldest go when there are many. Those that write are called by `all`, too:
 * `run` reads the last row id, which the index of words leaves above what a number holds, and fails.
 */
export function createPreparer(database: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>()
  return (sql) => {
    const known = kept.get(sql)
    if (known) return known
    const made = database.prepare(sql)
    kept.set(sql, made)
    if (kept.size > KEPT) {
      const [oldest = sql] = kept.keys()
      kept.delete(oldest)
    }
    return made
  }
}
