import type { DatabaseSync, StatementSync } from 'node:sqlite'

const KEPT = 200

/** Statements by their text, prepared once; the oldest go when there are many. */
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
