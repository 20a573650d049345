import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { basicAuth } from '../shared/search-index.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  couchbase_connection_string: field.secret({
    label: 'Couchbase Cluster connection string',
    info: 'couchbase://HOST, or couchbases://HOST for https.',
    required: true,
  }),
  couchbase_username: field.string({ label: 'Couchbase username', info: 'Who asks.', required: true }),
  couchbase_password: field.secret({
    label: 'Couchbase password',
    info: 'The password of that user.',
    required: true,
  }),
  bucket_name: field.string({ label: 'Bucket Name', info: 'The bucket.', required: true }),
  scope_name: field.string({ label: 'Scope Name', info: 'The scope in the bucket.', required: true }),
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The collection. It must be there.',
    required: true,
  }),
  index_name: field.string({
    label: 'Index Name',
    info: 'The search index over the field embedding. It must be there.',
    required: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const couchbase = defineComponent({
  type: 'Couchbase',
  aliases: ['CouchbaseVectorStoreComponent'],
  displayName: 'Couchbase',
  description: 'Keeps texts in a collection of Couchbase and finds them by meaning.',
  icon: 'Couchbase',
  category: 'couchbase',
  inputs,
  outputs: searching<typeof inputs>(requestOf, couchbaseStore),
})

/** Where the services of a cluster answer: statements and searches. */
const PORTS = { plain: { query: 8093, search: 8094 }, secure: { query: 18_093, search: 18_094 } } as const
const NAME = /^[A-Za-z0-9_%-]+$/

function couchbaseStore(inputs: Inputs, context: RunContext): StoreBackend {
  const names = [inputs.bucket_name, inputs.scope_name, inputs.collection_name].map((name) => name.trim())
  const [bucket = '', scope = ''] = names
  if (!names.every((name) => NAME.test(name))) {
    throw new AppError('invalid_field', ['Bucket, scope and collection are names of letters, digits, _, - and % only.'])
  }
  const collection = names.map((name) => `\`${name}\``).join('.')
  const headers = { authorization: basicAuth(inputs.couchbase_username, inputs.couchbase_password) }
  const { query, search } = addressesOf(inputs.couchbase_connection_string)
  const [statements, searches] = [jsonService(query, headers, context), jsonService(search, headers, context)]
  const ask = async (statement: string, args: readonly unknown[]) => {
    const { results, errors } = await statements.object('POST', '/query/service', { statement, args })
    const [problem] = objectsIn(errors)
    if (problem) throw new AppError('bad_request', [`Couchbase refused: ${String(problem.msg)}`])
    return Array.isArray(results) ? results : []
  }
  const index = `/api/bucket/${bucket}/scope/${scope}/index/${encodeURIComponent(inputs.index_name.trim())}/query`
  return {
    provider: 'Couchbase',
    async known(ids) {
      const found = await ask(`SELECT RAW META(d).id FROM ${collection} AS d USE KEYS $1`, [ids])
      return new Set(found.map(String))
    },
    async add(documents) {
      const rows = documents.map(({ id, text, metadata, vector: embedding }) => ({
        id,
        value: { text, metadata, embedding },
      }))
      await ask(`UPSERT INTO ${collection} (KEY k, VALUE v) SELECT r.id AS k, r.\`value\` AS v FROM $1 AS r`, [rows])
    },
    async nearest(vector, { limit, filter, withVectors }) {
      const conditions = conditionsOf(filter)
      // The index finds keys; it need not hold the documents, and what it filters by is known to its owner alone.
      const k = conditions.length > 0 ? Math.max(limit * 10, 100) : limit
      const { hits } = await searches.object('POST', index, { knn: [{ field: 'embedding', vector, k }], size: k })
      const scores = new Map(objectsIn(hits).map(({ id, score }) => [String(id), numberIn(score)]))
      const found = await ask(
        `SELECT META(d).id, d.text, d.metadata${withVectors ? ', d.embedding' : ''} FROM ${collection} AS d USE KEYS $1`,
        [[...scores.keys()]],
      )
      const byId = new Map(objectsIn(found).map((row) => [String(row.id), row]))
      return [...scores]
        .flatMap(([id, score]) => {
          const row = byId.get(id)
          const metadata = row && isObject(row.metadata) ? row.metadata : {}
          if (!row || !conditions.every(({ name, values }) => values.includes(metadata[name]))) return []
          const own = vectorIn(row.embedding)
          return [{ text: String(row.text ?? ''), metadata, score, ...(own && { vector: own }) }]
        })
        .slice(0, limit)
    },
  }
}

function addressesOf(connection: string): { readonly query: string; readonly search: string } {
  const [, secure, host] = /^couchbase(s?):\/\/([^/,:?]+)/.exec(connection.trim()) ?? []
  if (host === undefined) {
    throw new AppError('invalid_field', ['The connection string names no host. Write couchbase://HOST.'])
  }
  const [scheme, { query, search }] = secure === 's' ? ['https', PORTS.secure] : ['http', PORTS.plain]
  return { query: `${scheme}://${host}:${query}`, search: `${scheme}://${host}:${search}` }
}
