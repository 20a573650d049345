import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askService } from './ask-service.ts'
import { scoreOf } from './embedded-store.ts'
import { flatMetadata } from './store-documents.ts'
import type { FoundDocument, StoreBackend } from './vector-store.ts'

export interface ChromaServer {
  /** `http://localhost:8000` */
  readonly url: string
  readonly collection: string
}

const HOME = '/api/v2/tenants/default_tenant/databases/default_database/collections'

/** A collection of a Chroma server, made when it is not there. */
export async function chromaServer({ url, collection }: ChromaServer, context: RunContext): Promise<StoreBackend> {
  const ask = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(body), timeoutMs: 60_000 }
    const { text } = await askService(`${url.replace(/\/+$/, '')}${HOME}${path}`, request, context)
    return text === '' ? undefined : JSON.parse(text)
  }
  const made = await ask('', { name: collection, get_or_create: true })
  if (!isObject(made) || typeof made.id !== 'string') {
    throw new AppError('bad_request', ['Chroma answered without a collection.'])
  }
  const at = `/${made.id}`
  return {
    provider: 'Chroma',
    async known(ids) {
      const found = await ask(`${at}/get`, { ids, include: [] })
      return new Set(isObject(found) && Array.isArray(found.ids) ? found.ids.map(String) : [])
    },
    async add(documents) {
      await ask(`${at}/upsert`, {
        ids: documents.map(({ id }) => id),
        embeddings: documents.map(({ vector }) => vector),
        documents: documents.map(({ text }) => text),
        metadatas: documents.map(({ metadata }) => {
          const flat = flatMetadata(metadata)
          // Chroma wants no empty ones.
          return Object.keys(flat).length > 0 ? flat : null
        }),
      })
    },
    async nearest(vector, { limit, filter, withVectors }) {
      const found = await ask(`${at}/query`, {
        query_embeddings: [vector],
        n_results: limit,
        include: ['documents', 'metadatas', 'distances', ...(withVectors ? ['embeddings'] : [])],
        ...(Object.keys(filter).length > 0 && { where: whereOf(filter) }),
      })
      return isObject(found) ? documentsOf(found) : []
    },
  }
}

function whereOf(filter: Readonly<Record<string, unknown>>): unknown {
  const conditions = Object.entries(filter).map(([name, value]) => ({
    [name]: Array.isArray(value) ? { $in: value } : isObject(value) ? value : { $eq: value },
  }))
  return conditions.length === 1 ? conditions[0] : { $and: conditions }
}

/** Answers hold one list per query, and there was one. */
function documentsOf(found: Readonly<Record<string, unknown>>): readonly FoundDocument[] {
  const listOf = (name: string): readonly unknown[] => {
    const lists = found[name]
    const [first]: unknown[] = Array.isArray(lists) ? lists : []
    return Array.isArray(first) ? first : []
  }
  const [texts, metadatas, distances, vectors] = ['documents', 'metadatas', 'distances', 'embeddings'].map(listOf)
  return listOf('ids').map((_, at) => {
    const [metadata, vector, distance] = [metadatas?.[at], vectors?.[at], distances?.[at]]
    return {
      text: String(texts?.[at] ?? ''),
      metadata: isObject(metadata) ? metadata : {},
      // Chroma gives the square of the distance.
      score: typeof distance === 'number' ? scoreOf(Math.sqrt(distance)) : null,
      // Of a list of embeddings every entry is one.
      ...(Array.isArray(vector) && { vector: vector as readonly number[] }),
    }
  })
}
