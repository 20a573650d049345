import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { objectsIn } from './ask-service.ts'
import { conditionsOf, type JsonService, numberIn, vectorIn } from './json-service.ts'
import type { EmbeddedDocument, FoundDocument } from './vector-store.ts'

/** An index of Elasticsearch or OpenSearch, which share all but how vectors are declared and searched. */
export interface SearchIndex {
  readonly service: JsonService
  readonly name: string
  readonly textField: string
  readonly vectorField: string
}

/** Makes the index when it is not there. */
export async function ensureIndex({ service, name }: SearchIndex, body: JsonObject): Promise<void> {
  const at = `/${encodeURIComponent(name)}`
  if (!(await service.has(at))) await service.ask('PUT', at, body)
}

/** Adds documents, or replaces those of the same id. @throws AppError `bad_request` for one that is refused */
export async function addToIndex(index: SearchIndex, documents: readonly EmbeddedDocument[]): Promise<void> {
  const { service, name, textField, vectorField } = index
  const lines = documents.flatMap(({ id, text, metadata, vector }) => [
    { index: { _index: name, _id: id } },
    { [textField]: text, [vectorField]: vector, metadata },
  ])
  const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
  const { errors, items } = await service.object('POST', '/_bulk?refresh=true', body)
  if (errors !== true) return
  const failure = objectsIn(items).find(({ index: entry }) => isObject(entry) && entry.error !== undefined)
  throw new AppError('bad_request', [`A document was refused: ${JSON.stringify(failure).slice(0, 500)}`])
}

/** Which ids the index has. */
export async function knownInIndex(index: SearchIndex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { service, name } = index
  const at = `/${encodeURIComponent(name)}`
  if (!(await service.has(at))) return new Set()
  const known = new Set<string>()
  for (let from = 0; from < ids.length; from += 1000) {
    const some = ids.slice(from, from + 1000)
    const { docs } = await service.object('POST', `${at}/_mget?_source=false`, { ids: some })
    for (const { _id, found } of objectsIn(docs)) if (found === true) known.add(String(_id))
  }
  return known
}

/** What a search answered. */
export async function searchIndex(
  { service, name, textField, vectorField }: SearchIndex,
  body: JsonObject,
  withVectors: boolean,
): Promise<readonly FoundDocument[]> {
  const request = { ...body, _source: withVectors ? true : { excludes: [vectorField] } }
  const { hits } = await service.object('POST', `/${encodeURIComponent(name)}/_search`, request)
  return objectsIn(isObject(hits) ? hits.hits : undefined).map(({ _score, _source }) => {
    const { [textField]: text, [vectorField]: vector, metadata } = isObject(_source) ? _source : {}
    const own = withVectors ? vectorIn(vector) : undefined
    return {
      text: String(text ?? ''),
      metadata: isObject(metadata) ? metadata : {},
      score: numberIn(_score),
      ...(own && { vector: own }),
    }
  })
}

/** A filter as clauses of a query; texts are indexed word by word and whole, under `keyword`. */
export const filterClauses = (filter: Readonly<Record<string, unknown>>): readonly JsonObject[] =>
  conditionsOf(filter).map(({ name, values }) => {
    const isText = values.some((value) => typeof value === 'string')
    return { terms: { [`metadata.${name}${isText ? '.keyword' : ''}`]: values } }
  })

/** Credentials of a user, as HTTP sends them. */
export const basicAuth = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
