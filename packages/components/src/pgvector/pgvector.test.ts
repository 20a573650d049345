import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { AppError } from '@runnel/protocol/errors'
import { type DatabasesPort, data } from '@runnel/sdk'
import { type PostgresDatabases, postgresDatabases } from '@runnel/testing/postgres-databases'
import { runComponent } from '@runnel/testing/run-component'
import { trialDocuments } from '@runnel/testing/stores/store-trial'
import { testPostgres } from '@runnel/testing/test-postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgvector } from './pgvector.ts'

// A real Postgres, with what of pgvector is asked for written in SQL: there is no package of it to test with.
const VECTORS = `
create domain vector as text;
create function cosine_distance(a text, b text) returns float8 language sql immutable as $$
  select 1 - sum(x * y) / nullif(sqrt(sum(x * x)) * sqrt(sum(y * y)), 0)
  from unnest(translate(a, '[]', '{}')::float8[], translate(b, '[]', '{}')::float8[]) as pairs (x, y)
$$;
create operator <=> (leftarg = text, rightarg = text, function = cosine_distance);
`
const postgres = await testPostgres()
const embedding = hashingEmbeddings({ dimensions: 64 })

describe.skipIf(!postgres)('pgvector (skipped without Postgres)', () => {
  const url = postgres?.url ?? ''
  let databases: PostgresDatabases
  beforeAll(async () => {
    databases = await postgresDatabases(url, VECTORS)
  })
  afterAll(async () => {
    await databases?.[Symbol.asyncDispose]()
    await postgres?.stop()
  })

  const run = (inputs: Readonly<Record<string, unknown>>, port: DatabasesPort = databases) =>
    runComponent(pgvector, { pg_server_url: url, collection_name: "o'docs", embedding, ...inputs }, { databases: port })

  test('finds nothing before something is kept', async () => {
    expect((await run({ search_query: 'x' })).search_results).toEqual([])
  })

  test('keeps texts once and finds the nearest, also within a filter and unlike ones', async () => {
    await run({ ingest_data: trialDocuments })
    await run({ ingest_data: [...trialDocuments, data({ text: "It's $$ \\ 'quoted'", topic: 'odd' })] })
    const near = await run({ search_query: 'When is the refund paid?', number_of_results: 1 })
    expect(near.search_results).toMatchObject([
      { data: { text: 'The refund is paid within fourteen days.', topic: 'money', page: 1 } },
    ])
    const all = await run({ search_query: 'closed', number_of_results: 9 })
    expect(all.search_results).toHaveLength(4)
    const within = await run({ search_query: 'refund', advanced_search_filter: { page: [2, 3] } })
    expect(within.dataframe).toMatchObject({ rows: [{ topic: 'time' }, { topic: 'time' }] })
    const odd = await run({ search_query: 'quoted', number_of_results: 1 })
    expect(odd.search_results).toMatchObject([{ data: { text: "It's $$ \\ 'quoted'" } }])
    expect((await run({ collection_name: 'other', search_query: 'x' })).search_results).toEqual([])
  })

  test('says that the server only lets flows read', async () => {
    const readOnly: DatabasesPort = {
      query: (address, statement, signal) =>
        statement.startsWith('select')
          ? databases.query(address, statement, signal)
          : Promise.reject(new AppError('bad_request', ['cannot execute INSERT in a read-only transaction'])),
    }
    const kept = run({ ingest_data: [data({ text: 'new' })] }, readOnly)
    await expect(kept).rejects.toThrow('Flows may only read from databases on this server.')
  })
})
