import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  host: field.string({ label: 'Hostname', info: 'Where ClickHouse runs.', default: 'localhost', required: true }),
  port: field.int({ label: 'Port', info: 'The port it answers HTTP at.', default: 8123, required: true }),
  database: field.string({ label: 'Database', info: 'The database.', required: true }),
  table: field.string({ label: 'Table Name', info: 'The table; made when it is not there.', required: true }),
  username: field.string({ label: 'ClickHouse Username', info: 'Who asks.', required: true }),
  password: field.secret({ label: 'ClickHouse Password', info: 'The password of that user.', required: true }),
  secure: field.bool({ label: 'Use HTTPS', info: 'ClickHouse is asked by https.', advanced: true }),
  score_threshold: field.float({
    label: 'Score Threshold',
    info: 'How near is near enough, from 0 to 1. 0 is no limit.',
    default: 0,
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const clickhouse = defineComponent({
  type: 'Clickhouse',
  aliases: ['ClickhouseVectorStoreComponent'],
  displayName: 'ClickHouse',
  description: 'Keeps texts in a table of ClickHouse and finds them by meaning.',
  icon: 'Clickhouse',
  category: 'clickhouse',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf(inputs, open, {
        searchType: inputs.score_threshold > 0 ? 'Similarity with score threshold' : 'Similarity',
        threshold: inputs.score_threshold,
      }),
    clickhouseStore,
  ),
})

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function clickhouseStore(inputs: Inputs, context: RunContext): StoreBackend {
  const [database, name] = [inputs.database.trim(), inputs.table.trim()]
  if (!NAME.test(database) || !NAME.test(name)) {
    throw new AppError('invalid_field', ['Database and table of ClickHouse are names of letters, digits and _ only.'])
  }
  const table = `${database}.${name}`
  const headers = { 'x-clickhouse-user': inputs.username, 'x-clickhouse-key': inputs.password }
  const service = jsonService(`${inputs.secure ? 'https' : 'http'}://${inputs.host}:${inputs.port}`, headers, context)
  /** Texts stand in parameters, never in the statement. */
  const ask = async (statement: string, texts: Readonly<Record<string, string>> = {}) => {
    const named = Object.entries(texts).map(([key, text]) => [`param_${key}`, text])
    const query = new URLSearchParams([['default_format', 'JSON'], ...named])
    const { data } = await service.object('POST', `/?${query}`, statement)
    return objectsIn(data)
  }
  const exists = async () => {
    const [row] = await ask(`EXISTS TABLE ${table}`)
    return row !== undefined && Object.values(row).some((value) => Number(value) === 1)
  }
  return {
    provider: 'ClickHouse',
    async known(ids) {
      if (!(await exists())) return new Set()
      const rows = await ask(`SELECT id FROM ${table} WHERE id IN {ids:Array(String)}`, { ids: listOf(ids) })
      return new Set(rows.map(({ id }) => String(id)))
    },
    async add(documents) {
      await ask(
        `CREATE TABLE IF NOT EXISTS ${table} (id String, document String, embedding Array(Float32), metadata String) ` +
          'ENGINE = ReplacingMergeTree ORDER BY id',
      )
      const rows = documents.map(({ id, text, metadata, vector }) =>
        JSON.stringify({ id, document: text, embedding: vector, metadata: JSON.stringify(metadata) }),
      )
      await ask(`INSERT INTO ${table} FORMAT JSONEachRow\n${rows.join('\n')}`)
    },
    async nearest(vector, { limit, filter, withVectors }) {
      if (!(await exists())) return []
      const conditions = conditionsOf(filter)
      const texts = conditions.flatMap(({ name: key, values }, at): [string, string][] => [
        [`key${at}`, key],
        [`values${at}`, listOf(values.map((value) => JSON.stringify(value)))],
      ])
      const where = conditions.map(
        (_, at) => `JSONExtractRaw(metadata, {key${at}:String}) IN {values${at}:Array(String)}`,
      )
      const found = await ask(
        `SELECT document, metadata, cosineDistance(embedding, [${vector.join(',')}]) AS distance` +
          `${withVectors ? ', embedding' : ''} FROM ${table} FINAL` +
          `${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''} ORDER BY distance LIMIT ${Math.trunc(limit)}`,
        Object.fromEntries(texts),
      )
      return found.map(({ document, metadata, distance, embedding }) => {
        const held: unknown = typeof metadata === 'string' ? JSON.parse(metadata) : metadata
        const own = withVectors ? vectorIn(embedding) : undefined
        const far = numberIn(distance)
        return {
          text: String(document ?? ''),
          metadata: isObject(held) ? held : {},
          score: far === null ? null : 1 - far,
          ...(own && { vector: own }),
        }
      })
    },
  }
}

/** A list of texts as ClickHouse reads it in a parameter. */
const listOf = (texts: readonly string[]): string =>
  `[${texts.map((text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`).join(',')}]`
