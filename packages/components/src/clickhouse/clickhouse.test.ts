import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeClickhouse } from '@runnel/testing/stores/fake-clickhouse'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { clickhouse } from './clickhouse.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    clickhouse,
    fakeClickhouse(),
    { host: 'c.test', database: 'd', table: 'docs', username: 'u', password: 'p', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('keeps texts out of the statements it finds by', async () => {
  const { keep, find, seen } = trial()
  await keep({ ingest_data: [data({ text: 'It’s \\ "odd"', topic: "o'neill\\" })] })
  expect(await find('odd', { advanced_search_filter: { topic: "o'neill\\" } })).toEqual(['It’s \\ "odd"'])
  expect(String(seen.at(-1)?.body)).not.toContain('neill')
})

test('leaves out what is not near enough', async () => {
  const { keep, find } = trial()
  await keep()
  const near = { score_threshold: 0.9, number_of_results: 9 }
  expect(await find('The office is closed on Sundays.', near)).toEqual(['The office is closed on Sundays.'])
})

test('asks by https when it is told to, and says what ClickHouse says', async () => {
  const { find, seen } = trial({ secure: true, port: 8443 })
  expect(await find('x')).toEqual([])
  expect(seen[0]?.url).toMatch(/^https:\/\/c\.test:8443\//)
  await expect(trial({ password: 'wrong' }).keep()).rejects.toThrow('403 - Authentication failed')
  await expect(trial({ table: 'a; drop' }).keep()).rejects.toThrow('letters, digits and _ only')
})
