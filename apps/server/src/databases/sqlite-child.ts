/**
 * The program that runs one statement on a SQLite database, given whole: a process of its own, which can be killed in
 * the middle of a statement, has no files (Node's permissions) and no database but the one in its memory.
 *
 * It reads a line of JSON, `{ statement, writes, maxRows, maxBytes, maxGrowth }`, then the bytes of the database; it writes a line
 * of JSON, `{ columns, rows, isCut }` or `{ error }`, then, where it may write, the bytes of the database.
 */
export const SQLITE_CHILD = String.raw`
const { DatabaseSync, constants: c } = require('node:sqlite')
const { buffer } = require('node:stream/consumers')

// Whatever is not listed is refused: ATTACH and VACUUM INTO, which open files, and extensions among it.
const reading = [c.SQLITE_SELECT, c.SQLITE_READ, c.SQLITE_FUNCTION, c.SQLITE_RECURSIVE]
const writing = [
  c.SQLITE_INSERT, c.SQLITE_UPDATE, c.SQLITE_DELETE, c.SQLITE_CREATE_TABLE, c.SQLITE_CREATE_INDEX,
  c.SQLITE_CREATE_VIEW, c.SQLITE_CREATE_TRIGGER, c.SQLITE_DROP_TABLE, c.SQLITE_DROP_INDEX, c.SQLITE_DROP_VIEW,
  c.SQLITE_DROP_TRIGGER, c.SQLITE_ALTER_TABLE, c.SQLITE_REINDEX, c.SQLITE_ANALYZE,
]
const pragmas = ['table_info', 'table_xinfo', 'table_list', 'index_list', 'index_info', 'foreign_key_list']

function plain(value) {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}

function answer({ statement, writes, maxRows, maxBytes, maxGrowth }, bytes) {
  const database = new DatabaseSync(':memory:', { allowExtension: false, limits: { length: maxBytes } })
  if (bytes.length > 0) {
    // A database that is written ahead elsewhere is not here.
    bytes[18] = 1
    bytes[19] = 1
    database.deserialize(bytes)
  }
  // SQLite counts pages, not memory: a statement must not fill the machine's.
  const { page_size } = database.prepare('pragma page_size').get()
  database.exec('pragma max_page_count = ' + Math.ceil((bytes.length + maxGrowth) / page_size))
  const allowed = new Set(writes ? [...reading, ...writing] : reading)
  database.setAuthorizer((action, name, value) => {
    if (action === c.SQLITE_PRAGMA) return pragmas.includes(String(name).toLowerCase()) ? c.SQLITE_OK : c.SQLITE_DENY
    if (action === c.SQLITE_FUNCTION && /load_extension/i.test(String(value))) return c.SQLITE_DENY
    return allowed.has(action) ? c.SQLITE_OK : c.SQLITE_DENY
  })
  const prepared = database.prepare(statement)
  if (statement.trim().length > prepared.sourceSQL.trim().length) throw new Error('only one statement can be run at a time')
  prepared.setReadBigInts(true)
  const columns = prepared.columns().map(({ name }) => name)
  const rows = []
  let size = 0
  let isCut = false
  if (columns.length === 0) prepared.run()
  else {
    prepared.setReturnArrays(true)
    for (const row of prepared.iterate()) {
      const values = row.map(plain)
      size += JSON.stringify(values).length
      if (rows.length === maxRows || size > maxBytes) {
        isCut = true
        break
      }
      rows.push(values)
    }
  }
  database.setAuthorizer(null)
  return { told: { columns, rows, isCut }, bytes: writes ? Buffer.from(database.serialize()) : Buffer.alloc(0) }
}

buffer(process.stdin).then((given) => {
  const end = given.indexOf(10)
  let made
  try {
    made = answer(JSON.parse(given.subarray(0, end).toString('utf8')), Buffer.from(given.subarray(end + 1)))
  } catch (error) {
    made = { told: { error: error.message }, bytes: Buffer.alloc(0) }
  }
  process.stdout.write(JSON.stringify(made.told) + '\n')
  process.stdout.end(made.bytes)
})
`
