// (e) What it costs to keep 1,000 chunks of text with their vectors and to find the nearest, against sqlite-vec alone.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getLoadablePath } from 'sqlite-vec'
import { figure } from './figures.mjs'
import { temporaryFolder } from './processes.mjs'

const CHUNKS = 1000
const DIMENSIONS = 384
const QUERIES = 200
const NEAREST = 10

export async function vectors(settings) {
  const { createVectorStore } = await import('../packages/storage/src/vectors/vector-store.ts')
  const chunks = Array.from({ length: CHUNKS }, (_, i) => ({
    key: `chunk-${i}`,
    text: `Chunk ${i}: ${'a sentence of ordinary length '.repeat(20)}`,
    metadata: { page: i % 50, source: 'book.pdf' },
    vector: randomVector(),
  }))
  const queries = Array.from({ length: QUERIES }, randomVector)
  const [floor, ours] = [[], []]
  for (let round = 0; round <= settings.rounds; round++) {
    const [plain, own] = [await floorRound(chunks, queries), await ourRound(createVectorStore, chunks, queries)]
    if (round === 0) continue // warms the code
    floor.push(plain)
    ours.push(own)
  }
  const compare = (name, unit, pick, more = {}) =>
    figure({ part: 'e', name, unit, floor: floor.map(pick), ours: ours.map(pick), ...more })
  return [
    compare(`keeping ${CHUNKS} chunks`, 'ms', ({ keepMs }) => keepMs, { gate: 4, aim: 2.5 }),
    compare(`${NEAREST} nearest of ${CHUNKS}, p50`, 'ms', ({ findMs }) => findMs, { gate: 3, aim: 2 }),
    compare(`${NEAREST} nearest of ${CHUNKS} with a filter, p50`, 'ms', ({ filteredMs }) => filteredMs),
    compare('longest stop of the event loop meanwhile', 'ms', ({ stopMs }) => stopMs, { gate: 1, aim: 0.5 }),
  ]
}

/** sqlite-vec in this thread: vectors, texts and metadata in one transaction, and no index of words. */
async function floorRound(chunks, queries) {
  const database = new DatabaseSync(join(temporaryFolder(), 'floor.db'), { allowExtension: true })
  database.loadExtension(getLoadablePath())
  database.exec('pragma journal_mode = wal; pragma synchronous = normal')
  database.exec(`create virtual table vec using vec0(vector float[${DIMENSIONS}])`)
  database.exec('create table chunk (id integer primary key, text text, metadata text)')
  const insert = database.prepare('insert into chunk values (?, ?, ?)')
  const add = database.prepare('insert into vec (rowid, vector) values (?, ?)')
  const nearest = database.prepare('select rowid, distance from vec where vector match ? and k = ?')
  const filtered = database.prepare(
    "select rowid, distance from vec where vector match ? and k = ? and rowid in (select id from chunk where metadata ->> '$.page' < 10)",
  )
  const read = database.prepare('select text, metadata from chunk where id = ?')
  const measured = await whileWatched(async () => {
    const keepMs = await timed(() => {
      database.exec('begin')
      for (const [i, { text, metadata, vector }] of chunks.entries()) {
        insert.run(i, text, JSON.stringify(metadata))
        add.run(BigInt(i), Float32Array.from(vector))
      }
      database.exec('commit')
    })
    const ask = (statement) => (vector) => {
      for (const { rowid } of statement.all(Float32Array.from(vector), NEAREST)) read.get(rowid)
    }
    return { keepMs, findMs: await median(queries, ask(nearest)), filteredMs: await median(queries, ask(filtered)) }
  })
  database.close()
  return measured
}

async function ourRound(createVectorStore, chunks, queries) {
  const store = createVectorStore(join(temporaryFolder(), 'vectors.db'))
  const { id } = await store.create('ada', 'store', 'bench', '{}') // also starts the thread
  const pages = Array.from({ length: 10 }, (_, page) => page)
  const measured = await whileWatched(async () => ({
    keepMs: await timed(() => store.add(id, chunks)),
    findMs: await median(queries, (vector) => store.search(id, { vector, limit: NEAREST })),
    filteredMs: await median(queries, (vector) =>
      store.search(id, { vector, limit: NEAREST, filter: { page: pages } }),
    ),
  }))
  await store.close()
  return measured
}

const randomVector = () => Array.from({ length: DIMENSIONS }, () => Math.random() - 0.5)

async function timed(work) {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function median(queries, ask) {
  const times = []
  for (const query of queries) {
    times.push(await timed(() => ask(query)))
    await new Promise(setImmediate) // each question is a request of its own
  }
  return times.sort((a, b) => a - b)[times.length >> 1]
}

/** Adds how long the event loop stood still at most. */
async function whileWatched(work) {
  let last = performance.now()
  let stopMs = 0
  const look = () => {
    stopMs = Math.max(stopMs, performance.now() - last)
    last = performance.now()
  }
  const timer = setInterval(look, 1)
  const measured = await work()
  look()
  clearInterval(timer)
  return { ...measured, stopMs }
}
