import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Row {
  readonly id: string
  readonly document: string
  readonly vector: readonly number[]
  readonly metadata: string
}

/** A ClickHouse that holds its tables in memory and understands the statements stores send; it knows `u` by `p`. */
export function fakeClickhouse(): FakeService {
  const tables = new Map<string, Map<string, Row>>()
  return ({ path, headers, body }) => {
    if (headers['x-clickhouse-user'] !== 'u' || headers['x-clickhouse-key'] !== 'p') {
      return { status: 403, body: 'Authentication failed' }
    }
    const statement = String(body)
    const texts = new URL(path, 'http://c.test').searchParams
    const [, name = ''] = /(?:TABLE(?: IF NOT EXISTS)?|INTO|FROM) (\w+\.\w+)/.exec(statement) ?? []
    const table = tables.get(name)
    if (statement.startsWith('EXISTS')) return { body: { data: [{ result: table ? 1 : 0 }] } }
    if (statement.startsWith('CREATE')) {
      if (!table) tables.set(name, new Map())
      return {}
    }
    if (!table) return { status: 404, body: `Unknown table ${name}` }
    if (statement.startsWith('INSERT')) {
      for (const line of statement.split('\n').slice(1)) {
        const { embedding: vector, ...row } = JSON.parse(line)
        table.set(row.id, { ...row, vector })
      }
      return {}
    }
    if (statement.startsWith('SELECT id')) {
      return { body: { data: listIn(texts.get('param_ids')).flatMap((id) => (table.has(id) ? [{ id }] : [])) } }
    }
    const [, numbers = '[]'] = /cosineDistance\(embedding, (\[.*?\])\)/.exec(statement) ?? []
    const [, limit = '0'] = /LIMIT (\d+)$/.exec(statement) ?? []
    const fits = ({ metadata }: Row) =>
      [...texts.entries()]
        .filter(([key]) => key.startsWith('param_key'))
        .every(([key, field]) =>
          listIn(texts.get(key.replace('key', 'values'))).includes(JSON.stringify(JSON.parse(metadata)[field])),
        )
    const found = nearestOf(table.values(), JSON.parse(numbers), Number(limit), fits)
    return {
      body: {
        data: found.map(({ score, vector: embedding, ...row }) => ({ ...row, distance: 1 - score, embedding })),
      },
    }
  }
}

/** A list of texts as a parameter holds it. */
const listIn = (parameter: string | null): readonly string[] =>
  [...(parameter ?? '').matchAll(/'((?:\\.|[^'\\])*)'/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'))
