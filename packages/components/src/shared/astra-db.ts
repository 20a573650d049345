import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'
import { type AstraAddress, astraApi } from './astra-api.ts'
import { conditionsOf, numberIn, vectorIn } from './json-service.ts'
import { flatMetadata } from './store-documents.ts'
import type { FoundDocument, StoreBackend } from './vector-store.ts'

export interface AstraCollection extends AstraAddress {
  /** Where the text of a document lies, if not where it usually does. */
  readonly contentField: string
  /** Documents of this value of the metadata make way for new ones that have it. */
  readonly deletionField: string
  /** Documents the store refuses are left out. */
  readonly ignoresInvalid: boolean
  /** Nothing makes vectors here: the collection must. */
  readonly hasEmbeddings: boolean
  /** Entries of the metadata that are kept as lists of texts; lists in others are left out. */
  readonly lists?: readonly string[]
  /** By words and meaning, put in order by this reranker. */
  readonly hybrid: { readonly reranker: string; readonly terms: string } | null
}

/** What a collection can do. */
interface Abilities {
  readonly exists: boolean
  readonly embedsItself: boolean
  readonly isLexical: boolean
}

const CONTENT = 'content'
/** Documents of one request. */
const BATCH = 20

/** A collection of Astra DB's Data API; made when it is not there. */
export async function astraCollection(asked: AstraCollection, context: RunContext): Promise<StoreBackend> {
  if (asked.collection.trim() === '') {
    throw initializing('No collection is chosen. Enter the name of a collection.')
  }
  const { say, keyspace, collection } = await astraApi(asked, context)
  const abilities = abilitiesIn(
    await say(keyspace, { findCollections: { options: { explain: true } } }),
    asked.collection,
  )
  const embedsItself = !asked.hasEmbeddings && abilities.embedsItself
  if (!asked.hasEmbeddings && abilities.exists && !embedsItself) {
    throw initializing('The collection makes no vectors itself. Connect an embedding model.')
  }
  const content = asked.contentField.trim() || CONTENT
  let isThere = abilities.exists

  async function prepare(dimension: number): Promise<void> {
    if (isThere) return
    isThere = true
    await say(keyspace, {
      createCollection: { name: asked.collection.trim(), options: { vector: { dimension, metric: 'cosine' } } },
    })
  }

  async function makeWay(values: readonly unknown[]): Promise<void> {
    const filter = { [`metadata.${asked.deletionField}`]: { $in: values } }
    for (;;) {
      const { status } = await say(collection, { deleteMany: { filter } })
      if (!isObject(status) || status.moreData !== true) return
    }
  }

  return {
    provider: 'AstraDB',
    embedsItself,
    async add(documents) {
      await prepare(documents[0]?.vector?.length ?? 0)
      if (asked.deletionField !== '') {
        await makeWay(
          [...new Set(documents.flatMap(({ metadata }) => metadata[asked.deletionField] ?? []))].map(String),
        )
      }
      for (let at = 0; at < documents.length; at += BATCH) {
        const rows = documents.slice(at, at + BATCH).map(({ id, text, metadata, vector }) => ({
          _id: id,
          metadata: textMetadata(metadata, asked.lists),
          ...(embedsItself ? { $vectorize: text } : { [content]: text, $vector: vector }),
          ...(abilities.isLexical && { $lexical: text }),
        }))
        // One that is there already holds the same: its id says so.
        const allowed = [
          'DOCUMENT_ALREADY_EXISTS',
          ...(asked.ignoresInvalid ? ['INVALID_DOCUMENT', 'SHRED_BAD_DOCUMENT_TYPE'] : []),
        ]
        await say(collection, { insertMany: { documents: rows, options: { ordered: false } } }, allowed)
      }
    },
    async nearest(vector, { limit, filter, withVectors, query }) {
      const wanted = {
        filter: filterOf(filter),
        projection: { '*': 1, $vector: withVectors ? 1 : 0, $vectorize: 1 },
      }
      if (asked.hybrid) {
        const { reranker, terms } = asked.hybrid
        const meaning = embedsItself ? { $vectorize: query } : { $vector: vector }
        const sort = { $hybrid: { ...meaning, $lexical: terms.trim() || query } }
        const on = embedsItself ? '$vectorize' : content
        const options = { limit, includeScores: true, rerankOn: on, rerankQuery: query }
        const [provider = '', ...name] = reranker.split('/')
        const answer = await say(collection, {
          findAndRerank: {
            sort,
            ...wanted,
            options: { ...options, ...(name.length > 0 && { rerank: { provider, modelName: name.join('/') } }) },
          },
        })
        return documentsIn(answer, content, rerankScores(answer))
      }
      const sort = embedsItself ? { $vectorize: query } : { $vector: vector }
      const answer = await say(collection, { find: { sort, ...wanted, options: { limit, includeSimilarity: true } } })
      return documentsIn(answer, content)
    },
    async find(filter, limit) {
      const answer = await say(collection, { find: { filter: filterOf(filter), options: { limit } } })
      return documentsIn(answer, content)
    },
  }
}

function abilitiesIn({ status }: JsonObject, name: string): Abilities {
  const collections = objectsIn(isObject(status) ? status.collections : undefined)
  const found = collections.find((one) => one.name === name.trim())
  const options = isObject(found?.options) ? found.options : {}
  const { vector, lexical } = options
  return {
    exists: found !== undefined,
    embedsItself: isObject(vector) && isObject(vector.service),
    isLexical: isObject(lexical) && lexical.enabled === true,
  }
}

/** Names are those of the metadata, unless they say that they are not. */
const filterOf = (filter: Readonly<Record<string, unknown>>): JsonObject =>
  Object.fromEntries(
    conditionsOf(filter).map(({ name, values }) => {
      const [only] = values
      const path = /^(\$|_id$|metadata\.)/.test(name) ? name : `metadata.${name}`
      return [path, values.length === 1 ? only : { $in: values }]
    }),
  )

/** Metadata values are kept as texts. */
const textMetadata = (
  metadata: Readonly<Record<string, unknown>>,
  lists: readonly string[] = [],
): Readonly<Record<string, string | readonly string[]>> => ({
  ...Object.fromEntries(Object.entries(flatMetadata(metadata)).map(([name, value]) => [name, String(value)])),
  ...Object.fromEntries(
    lists.flatMap((name) => (name in metadata ? [[name, [metadata[name]].flat().map(String)]] : [])),
  ),
})

function documentsIn({ data }: JsonObject, content: string, scores: readonly (number | null)[] = []) {
  const documents = objectsIn(isObject(data) ? data.documents : undefined)
  return documents.map((document, at): FoundDocument => {
    const { [content]: text, $vectorize, $vector, $similarity, metadata } = document
    const vector = vectorIn($vector)
    return {
      text: textIn(text) || textIn($vectorize),
      metadata: isObject(metadata) ? metadata : {},
      score: scores[at] ?? numberIn($similarity),
      ...(vector && { vector }),
    }
  })
}

/** What the reranker thought of each document, in their order. */
function rerankScores({ status }: JsonObject): readonly (number | null)[] {
  const responses = objectsIn(isObject(status) ? status.documentResponses : undefined)
  return responses.map(({ scores }) => (isObject(scores) ? numberIn(scores.$rerank) : null))
}

const initializing = (why: string): AppError =>
  new AppError('invalid_field', [`Error initializing AstraDBVectorStore: ${why}`])
