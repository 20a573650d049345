import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { getLoadablePath } from 'sqlite-vec'
import { createPreparer } from './prepared-statements.ts'

/** Vectors by the number of their chunk, searched exactly. All of one collection have one length. */
export interface VectorIndex {
  readonly name: 'sqlite-vec' | 'plain'
  /** Makes room for vectors of this length. */
  prepare(dimensions: number): void
  insert(chunk: bigint, collection: bigint, vector: Float32Array): void
  remove(chunk: bigint, dimensions: number): void
  /** The nearest first. `within` is a subquery of chunk numbers, with its values. */
  nearest(collection: bigint, vector: Float32Array, limit: number, within?: Subquery): readonly Neighbour[]
  vector(chunk: bigint, dimensions: number): readonly number[]
}

export interface Subquery {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

export interface Neighbour {
  readonly chunk: bigint
  /** Euclidean. */
  readonly distance: number
}

/** The most neighbours sqlite-vec gives at once. */
const MOST_NEIGHBOURS = 4096

/** Loads sqlite-vec; false on a machine it is not made for. */
export function loadSqliteVec(database: DatabaseSync): boolean {
  try {
    database.enableLoadExtension(true)
    database.loadExtension(getLoadablePath())
    return true
  } catch {
    // No build for this machine, or none was installed: vectors are compared here instead.
    return false
  } finally {
    database.enableLoadExtension(false)
  }
}

/** Vectors in a table of sqlite-vec for each length, one partition per collection. */
export function createVecIndex(database: DatabaseSync): VectorIndex {
  const prepared = createPreparer(database)
  const made = new Set<number>()
  const prepare = (dimensions: number) => {
    if (made.has(dimensions)) return
    database.exec(
      `create virtual table if not exists vec_${dimensions} using vec0(collection integer partition key, vector float[${dimensions}])`,
    )
    made.add(dimensions)
  }
  return {
    name: 'sqlite-vec',
    prepare,
    insert(chunk, collection, vector) {
      prepared(`insert into vec_${vector.length} (rowid, collection, vector) values (?, ?, ?)`).all(
        chunk,
        collection,
        vector,
      )
    },
    remove(chunk, dimensions) {
      prepare(dimensions)
      prepared(`delete from vec_${dimensions} where rowid = ?`).all(chunk)
    },
    nearest(collection, vector, limit, within) {
      prepare(vector.length)
      const condition = within ? ` and rowid in (${within.sql})` : ''
      const sql = `select rowid as chunk, distance from vec_${vector.length} where vector match ? and k = ? and collection = ?${condition} order by distance`
      const statement = prepared(sql)
      statement.setReadBigInts(true)
      const rows = statement.all(vector, Math.min(limit, MOST_NEIGHBOURS), collection, ...(within?.values ?? []))
      return rows.map((row) => ({ chunk: BigInt(Number(row.chunk)), distance: Number(row.distance) }))
    },
    vector(chunk, dimensions) {
      const row = prepared(`select vector from vec_${dimensions} where rowid = ?`).get(chunk)
      return numbersIn(row?.vector)
    },
  }
}

/** Vectors in an ordinary table, compared one by one: for machines sqlite-vec is not made for. */
export function createPlainIndex(database: DatabaseSync): VectorIndex {
  const prepared = createPreparer(database)
  database.exec(
    'create table if not exists plain_vector (chunk integer primary key, collection integer not null, vector blob not null)',
  )
  database.exec('create index if not exists plain_vector_collection on plain_vector (collection)')
  return {
    name: 'plain',
    prepare: () => {},
    insert(chunk, collection, vector) {
      prepared('insert into plain_vector values (?, ?, ?)').all(chunk, collection, new Uint8Array(vector.buffer))
    },
    remove(chunk) {
      prepared('delete from plain_vector where chunk = ?').all(chunk)
    },
    nearest(collection, vector, limit, within) {
      const condition = within ? ` and chunk in (${within.sql})` : ''
      const sql = `select chunk, vector from plain_vector where collection = ?${condition}`
      const all: Neighbour[] = []
      for (const row of prepared(sql).iterate(collection, ...(within?.values ?? []))) {
        all.push({ chunk: BigInt(Number(row.chunk)), distance: distanceOf(vector, floatsIn(row.vector)) })
      }
      return all.sort((a, b) => a.distance - b.distance).slice(0, limit)
    },
    vector: (chunk) => numbersIn(prepared('select vector from plain_vector where chunk = ?').get(chunk)?.vector),
  }
}

function distanceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2
  return Math.sqrt(sum)
}

function floatsIn(blob: unknown): Float32Array {
  if (!(blob instanceof Uint8Array)) return new Float32Array()
  // A blob may begin anywhere in its memory, and floats only at multiples of four.
  return new Float32Array(Uint8Array.from(blob).buffer)
}

const numbersIn = (blob: unknown): readonly number[] => Array.from(floatsIn(blob))
