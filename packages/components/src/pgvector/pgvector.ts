import { randomBytes, randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { conditionsOf, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  pg_server_url: field.secret({
    label: 'PostgreSQL Server Connection String',
    info: 'postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
    required: true,
  }),
  collection_name: field.string({ label: 'Table', info: 'The collection; made when it is not there.', required: true }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const pgvector = defineComponent({
  type: 'pgvector',
  aliases: ['PGVectorStoreComponent', 'PGVector'],
  displayName: 'PGVector',
  description: 'Keeps texts in a Postgres database with pgvector and finds them by meaning.',
  icon: 'cpu',
  category: 'pgvector',
  inputs,
  outputs: searching<typeof inputs>(requestOf, pgvectorStore),
})

/** The tables LangChain has, so that what others have kept is found too. */
const TABLES = [
  'create table if not exists langchain_pg_collection (uuid uuid primary key, name varchar not null unique, cmetadata json)',
  'create table if not exists langchain_pg_embedding (id varchar primary key, collection_id uuid references langchain_pg_collection (uuid) on delete cascade, embedding vector, document varchar, cmetadata jsonb)',
] as const

function pgvectorStore({ pg_server_url, collection_name }: Inputs, { databases, signal }: RunContext): StoreBackend {
  const name = quoted(collection_name)
  const own = `collection_id = (select uuid from langchain_pg_collection where name = ${name})`
  const ask = async (statement: string) => (await databases.query(pg_server_url, statement, signal)).rows

  const exists = async (thing: 'regtype' | 'regclass', called: string): Promise<boolean> => {
    const [row] = await ask(`select to_${thing}('${called}') is not null as found`)
    return row?.found === true
  }
  async function prepare(): Promise<void> {
    if (!(await exists('regtype', 'vector'))) await ask('create extension vector')
    for (const table of TABLES) await ask(table)
    await ask(
      `insert into langchain_pg_collection (uuid, name) values ('${randomUUID()}', ${name}) on conflict (name) do nothing`,
    )
  }
  return {
    provider: 'PGVector',
    async known(ids) {
      if (!(await exists('regclass', 'langchain_pg_embedding'))) return new Set()
      const list = quoted(JSON.stringify(ids))
      const rows = await ask(
        `select id from langchain_pg_embedding where ${own} and id in (select jsonb_array_elements_text(${list}::jsonb))`,
      )
      return new Set(rows.map(({ id }) => String(id)))
    },
    async add(documents) {
      const rows = documents.map(({ id, text, metadata, vector }) => ({
        id,
        document: text,
        cmetadata: metadata,
        embedding: `[${vector.join(',')}]`,
      }))
      await explained(async () => {
        await prepare()
        await ask(
          `insert into langchain_pg_embedding (id, collection_id, embedding, document, cmetadata)
           select id, (select uuid from langchain_pg_collection where name = ${name}), embedding::vector, document, cmetadata
           from jsonb_to_recordset(${quoted(JSON.stringify(rows))}::jsonb) as given (id varchar, embedding text, document varchar, cmetadata jsonb)
           on conflict (id) do nothing`,
        )
      })
    },
    async nearest(vector, { limit, filter, withVectors }) {
      if (!(await exists('regclass', 'langchain_pg_embedding'))) return []
      const query = `${quoted(`[${vector.join(',')}]`)}::vector`
      const conditions = conditionsOf(filter).map(
        ({ name: key, values }) =>
          `cmetadata ->> ${quoted(key)} in (${values.map((value) => quoted(String(value))).join(', ')})`,
      )
      const rows = await ask(
        `select document, cmetadata, embedding <=> ${query} as distance${withVectors ? ', embedding::text as vector' : ''}
         from langchain_pg_embedding where ${[own, ...conditions].join(' and ')} order by distance limit ${Math.trunc(limit)}`,
      )
      return rows.map(({ document, cmetadata, distance, vector: text }) => {
        const mine = withVectors ? vectorIn(JSON.parse(String(text ?? '[]'))) : undefined
        const far = numberIn(distance)
        return {
          text: String(document ?? ''),
          metadata: isObject(cmetadata) ? cmetadata : {},
          score: far === null ? null : 1 - far,
          ...(mine && { vector: mine }),
        }
      })
    },
  }
}

/** Flows may only read from databases unless the operator says otherwise. */
async function explained(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError) || !error.message.includes('read-only transaction')) throw error
    const why = 'Flows may only read from databases on this server. Its operator can allow writing in the settings.'
    throw new AppError('bad_request', [why], { cause: error })
  }
}

/** A text as Postgres takes it whatever it holds: between marks that nobody can know. */
function quoted(text: string): string {
  const mark = `$t${randomBytes(8).toString('hex')}$`
  return `${mark}${text}${mark}`
}
