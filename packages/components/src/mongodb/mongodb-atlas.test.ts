import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { namedServer } from '@runnel/testing/named-server'
import { type FakeMongodb, fakeMongodb } from '@runnel/testing/stores/fake-mongodb'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mongodbAtlas } from './mongodb-atlas.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trialAt = (mongodb_atlas_cluster_uri: string, inputs = {}) =>
  storeTrial(
    mongodbAtlas,
    undefined,
    { mongodb_atlas_cluster_uri, db_name: 'shop', collection_name: 'docs', index_name: 'vectors', ...inputs },
    embedding,
  )

let server: FakeMongodb
beforeEach(async () => {
  server = await fakeMongodb()
})
afterEach(() => server[Symbol.asyncDispose]())

keepsTheStoreContract(() => trialAt(server.url))

test('makes the index for the vectors there are, once', async () => {
  const { keep, find } = trialAt(server.url, { filter_field: 'topic, page', similarity: 'dotProduct' })
  await keep()
  await find('x')
  expect(await find('refund', { advanced_search_filter: { topic: 'time' } })).toHaveLength(2)
  expect(server.seen.filter(({ createSearchIndexes }) => createSearchIndexes)).toMatchObject([
    {
      indexes: [
        {
          name: 'vectors',
          type: 'vectorSearch',
          definition: {
            fields: [
              { type: 'vector', path: 'embedding', numDimensions: 64, similarity: 'dotProduct' },
              { type: 'filter', path: 'topic' },
              { type: 'filter', path: 'page' },
            ],
          },
        },
      ],
    },
  ])
})

test('puts new texts in the place of others where it is told to', async () => {
  const { keep, find } = trialAt(server.url, { number_of_results: 9 })
  await keep()
  await keep({ ingest_data: [data({ text: 'new', made: { at: 1 } })], insert_mode: 'overwrite' })
  expect(await find('x')).toEqual(['new'])
})

describe('says what is wrong', () => {
  test.each([
    [{ mongodb_atlas_cluster_uri: 'http://a' }, 'The address of MongoDB is none.'],
    [{ mongodb_atlas_cluster_uri: 'mongodb://a/?tlsCAFile=/etc/passwd' }, 'The parameter tlsCAFile'],
    [{ mongodb_atlas_cluster_uri: 'mongodb://a/?authMechanism=MONGODB-AWS' }, 'Signing in to MongoDB with MONGODB-AWS'],
    [{ db_name: ' ' }, 'Database Name is empty.'],
    [{ enable_mtls: true, mongodb_atlas_client_cert: 'x' }, 'The client certificate is none'],
  ])('%j', async (inputs, why) => {
    await expect(trialAt(server.url, inputs).find('x')).rejects.toThrow(why)
  })

  test('with a server that has no search', async () => {
    await using plain = await fakeMongodb({ search: false })
    await expect(trialAt(plain.url).find('x')).rejects.toThrow('MongoDB: This MongoDB server has no vector search.')
  })

  test('with a server that does not answer', async () => {
    const closed = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50'
    await expect(trialAt(closed).find('x')).rejects.toThrow('Failed to connect to MongoDB Atlas: connect ECONNREFUSED')
  })
})

// A cluster of Atlas, or a local one of it.
const real = namedServer('TEST_MONGODB_URL')
describe.skipIf(!real)('a real server (skipped without TEST_MONGODB_URL)', () => {
  let number = 0
  keepsTheStoreContract(() => trialAt(real ?? '', { collection_name: `runnel-${process.pid}-${++number}` }))
})
