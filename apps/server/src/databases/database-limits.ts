import type { DatabaseRows } from '@runnel/sdk'

const MEGABYTE = 1024 * 1024

/** What one statement may take and give; times in milliseconds. `growth` is what a SQLite database may grow by, in bytes. */
export const LIMITS = { timeoutMs: 30_000, rows: 10_000, bytes: 16 * MEGABYTE, growth: 64 * MEGABYTE } as const

/** Rows of values as objects; a second column of a name is numbered. */
export function namedRows(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  isCut: boolean,
): DatabaseRows {
  const names: string[] = []
  for (const column of columns) {
    let name = column
    for (let number = 1; names.includes(name); number++) name = `${column}_${number}`
    names.push(name)
  }
  const objects = rows.map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? '', value])))
  return { columns: names, rows: objects, isCut }
}
