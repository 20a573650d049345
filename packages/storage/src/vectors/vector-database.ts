import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { CannotOpenStorage } from '../faults.ts'
import { filterSubquery } from './chunk-filter.ts'
import { createChunkSearch } from './chunk-search.ts'
import { createCollectionExchange } from './collection-exchange.ts'
import { createPreparer } from './prepared-statements.ts'
import { createPlainIndex, createVecIndex, loadSqliteVec, type VectorIndex } from './vector-index.ts'
import type {
  AddedChunks,
  ChunkFilter,
  ChunkRecord,
  CollectionKind,
  CollectionRecord,
  NewChunk,
} from './vector-records.ts'
import { checkLength, VectorRefusal } from './vector-refusal.ts'
import { type ChunkCounts, chunkIn, collectionIn, countsOf, NOTHING, sumOfCounts } from './vector-rows.ts'

const SCHEMA = `
create table if not exists meta (key text primary key, value text not null);
create table if not exists collection (
  id integer primary key autoincrement,
  owner text not null, kind text not null, name text not null,
  dimensions integer, details text not null,
  chunks integer not null default 0, words integer not null default 0,
  characters integer not null default 0, bytes integer not null default 0,
  created_at integer not null, updated_at integer not null,
  unique (owner, kind, name));
create table if not exists chunk (
  id integer primary key autoincrement,
  collection_id integer not null references collection (id) on delete cascade,
  key text not null, text text not null, metadata text not null,
  unique (collection_id, key));
create virtual table if not exists chunk_text using fts5 (
  scope, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
`

export type VectorDatabase = ReturnType<typeof openVectorDatabase>

/**
 * Opens the file that holds collections of chunks, their vectors and an index of their words. All calls are
 * synchronous: `vector-store.ts` puts them on a thread of their own.
 * @throws CannotOpenStorage when the file was made with sqlite-vec and this machine has none.
 */
export function openVectorDatabase(path: string, { plain = false }: { readonly plain?: boolean } = {}) {
  const database = new DatabaseSync(path, { allowExtension: true, timeout: 10_000 })
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  const hasVec = !plain && loadSqliteVec(database)
  database.exec(SCHEMA)
  const index = openIndex(path, database, hasVec)

  const prepared = createPreparer(database)
  const all = (sql: string, ...values: readonly SQLInputValue[]) => prepared(sql).all(...values)
  const one = (sql: string, ...values: readonly SQLInputValue[]) => prepared(sql).get(...values)
  const inTransaction = <Value>(work: () => Value): Value => {
    database.exec('begin immediate')
    try {
      const value = work()
      database.exec('commit')
      return value
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }

  function collectionOf(id: number): CollectionRecord {
    const row = one('select * from collection where id = ?', id)
    if (!row) throw new VectorRefusal('The collection is gone.')
    return collectionIn(row)
  }

  /** Takes chunks out; `where` names them in the table of chunks. */
  function removeChunks(id: number, where: string, values: readonly SQLInputValue[]): number {
    const { dimensions } = collectionOf(id)
    const gone = all(`select id, text, metadata from chunk where collection_id = ? and ${where}`, id, ...values)
    const take = { text: prepared('delete from chunk_text where rowid = ?') }
    const row = prepared('delete from chunk where id = ?')
    let counted = NOTHING
    for (const { id: chunk, text, metadata } of gone) {
      const number = BigInt(Number(chunk))
      if (dimensions !== null) index.remove(number, dimensions)
      take.text.all(number)
      row.all(number)
      counted = sumOfCounts(counted, countsOf(String(text), String(metadata), dimensions ?? 0))
    }
    if (gone.length > 0) count(id, counted, -1)
    return gone.length
  }

  function count(id: number, { chunks, words, characters, bytes }: ChunkCounts, sign: 1 | -1): void {
    prepared(
      'update collection set chunks = chunks + ?, words = words + ?, characters = characters + ?, bytes = bytes + ?, updated_at = ? where id = ?',
    ).all(sign * chunks, sign * words, sign * characters, sign * bytes, Date.now(), id)
  }

  return {
    index: index.name,

    find(owner: string, kind: CollectionKind, name: string): CollectionRecord | undefined {
      const row = one('select * from collection where owner = ? and kind = ? and name = ?', owner, kind, name)
      return row && collectionIn(row)
    },

    /** By name. */
    list(owner: string, kind: CollectionKind): readonly CollectionRecord[] {
      return all('select * from collection where owner = ? and kind = ? order by name', owner, kind).map(collectionIn)
    },

    /** undefined when there is one of that name. */
    create(owner: string, kind: CollectionKind, name: string, details: string): CollectionRecord | undefined {
      const now = Date.now()
      const row = one(
        'insert into collection (owner, kind, name, details, created_at, updated_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing returning *',
        owner,
        kind,
        name,
        details,
        now,
        now,
      )
      return row && collectionIn(row)
    },

    describe(id: number, details: string): void {
      all('update collection set details = ?, updated_at = ? where id = ?', details, Date.now(), id)
    },

    /** Answers whether there was one. */
    remove(id: number): boolean {
      return inTransaction(() => {
        if (!one('select id from collection where id = ?', id)) return false
        removeChunks(id, '1 = 1', [])
        all('delete from collection where id = ?', id)
        return true
      })
    },

    removeOwner(owner: string): void {
      inTransaction(() => {
        for (const { id } of all('select id from collection where owner = ?', owner)) {
          removeChunks(Number(id), '1 = 1', [])
          all('delete from collection where id = ?', Number(id))
        }
      })
    },

    /** Which of the keys are there. */
    known(id: number, keys: readonly string[]): readonly string[] {
      const has = prepared('select 1 from chunk where collection_id = ? and key = ?')
      return keys.filter((key) => has.get(id, key) !== undefined)
    },

    /** All or none. @throws VectorRefusal for vectors of another length than the ones that are there */
    add(id: number, chunks: readonly NewChunk[]): AddedChunks {
      return inTransaction(() => {
        const { dimensions, name } = collectionOf(id)
        const [first] = chunks
        if (!first) return { added: 0, skipped: 0 }
        const length = dimensions ?? first.vector.length
        if (dimensions === null) all('update collection set dimensions = ? where id = ?', length, id)
        index.prepare(length)
        const insert = prepared(
          'insert into chunk (collection_id, key, text, metadata) values (?, ?, ?, ?) on conflict do nothing returning id',
        )
        const words = prepared('insert into chunk_text (rowid, scope, text) values (?, ?, ?)')
        let counted = NOTHING
        for (const { key, text, metadata, vector } of chunks) {
          checkLength(name, length, vector.length)
          const json = JSON.stringify(metadata)
          const row = insert.get(id, key, text, json)
          if (!row) continue
          const number = BigInt(Number(row.id))
          index.insert(number, BigInt(id), Float32Array.from(vector))
          words.all(number, `c${id}`, text)
          counted = sumOfCounts(counted, countsOf(text, json, length))
        }
        count(id, counted, 1)
        return { added: counted.chunks, skipped: chunks.length - counted.chunks }
      })
    },

    ...createChunkSearch({ prepared, index, collectionOf }),
    ...createCollectionExchange({ prepared, inTransaction, removeChunks }),

    /** Answers how many chunks went. */
    removeChunks(id: number, filter: ChunkFilter): number {
      const within = filterSubquery(BigInt(id), filter)
      return inTransaction(() =>
        within ? removeChunks(id, `id in (${within.sql})`, within.values) : removeChunks(id, '1 = 1', []),
      )
    },

    /** Takes out what has one of these keys; answers how many went. */
    removeKeys(id: number, keys: readonly string[]): number {
      return inTransaction(() => removeChunks(id, 'key in (select value from json_each(?))', [JSON.stringify(keys)]))
    },

    /** Puts another text, other metadata and their vector in the place of a chunk's. Answers whether it was there. */
    replace(id: number, { key, text, metadata, vector }: NewChunk): boolean {
      return inTransaction(() => {
        const { dimensions, name } = collectionOf(id)
        const row = prepared('select id, text, metadata from chunk where collection_id = ? and key = ?').get(id, key)
        if (!row || dimensions === null) return false
        checkLength(name, dimensions, vector.length)
        const number = BigInt(Number(row.id))
        const json = JSON.stringify(metadata)
        prepared('update chunk set text = ?, metadata = ? where id = ?').all(text, json, number)
        prepared('delete from chunk_text where rowid = ?').all(number)
        prepared('insert into chunk_text (rowid, scope, text) values (?, ?, ?)').all(number, `c${id}`, text)
        index.remove(number, dimensions)
        index.insert(number, BigInt(id), Float32Array.from(vector))
        count(id, countsOf(String(row.text), String(row.metadata), dimensions), -1)
        count(id, countsOf(text, json, dimensions), 1)
        return true
      })
    },

    chunk(id: number, key: string): ChunkRecord | undefined {
      const row = prepared('select key, text, metadata from chunk where collection_id = ? and key = ?').get(id, key)
      return row && chunkIn(row)
    },

    /** Takes out what has none of these keys. */
    keepOnly(id: number, keys: readonly string[]): number {
      return inTransaction(() =>
        removeChunks(id, 'key not in (select value from json_each(?))', [JSON.stringify(keys)]),
      )
    },

    close(): void {
      database.close()
    },
  }
}

function openIndex(path: string, database: DatabaseSync, hasVec: boolean): VectorIndex {
  const kept = database.prepare("select value from meta where key = 'index'").get()?.value
  const kind = kept ?? (hasVec ? 'sqlite-vec' : 'plain')
  if (kind === 'sqlite-vec' && !hasVec) {
    database.close()
    throw new CannotOpenStorage(
      `${path} was written with sqlite-vec, which this machine lacks. Install the package sqlite-vec for it.`,
    )
  }
  if (kept === undefined) database.prepare("insert into meta values ('index', ?)").run(kind)
  return kind === 'sqlite-vec' ? createVecIndex(database) : createPlainIndex(database)
}
