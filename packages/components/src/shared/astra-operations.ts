import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { objectsIn, textIn } from './ask-service.ts'

/** What can be done with documents, and the fields it goes by. */
const OPERATIONS = {
  Find: ['filter_query', 'projection', 'sort', 'limit', 'skip', 'include_similarity'],
  'Find One': ['filter_query', 'projection', 'sort', 'include_similarity'],
  'Insert One': ['document'],
  'Insert Many': ['documents', 'ordered'],
  'Update One': ['filter_query', 'update', 'upsert'],
  'Update Many': ['filter_query', 'update', 'upsert'],
  'Delete One': ['filter_query'],
  'Delete Many': ['filter_query'],
  'Count Documents': ['filter_query', 'upper_bound'],
  'Estimated Count': [],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type AstraOperation = keyof typeof OPERATIONS
export const ASTRA_OPERATIONS = Object.keys(OPERATIONS) as readonly AstraOperation[] // keys of a constant

const FIELDS = new Set<string>(Object.values(OPERATIONS).flat())

/** Whether an operation goes by a field; undefined for one that belongs to none. */
export function isFieldOf(operation: unknown, name: string): boolean | undefined {
  if (!FIELDS.has(name)) return undefined
  return Object.entries<readonly string[]>(OPERATIONS).some(([one, names]) => one === operation && names.includes(name))
}

export interface AstraSettings {
  readonly filter: JsonObject
  readonly projection: JsonObject
  readonly sort: JsonObject
  readonly limit: number
  readonly skip: number
  readonly includeSimilarity: boolean
  /** The one to insert, if any. */
  readonly documents: readonly JsonObject[]
  readonly manyDocuments: readonly JsonObject[]
  readonly ordered: boolean
  readonly update: JsonObject
  readonly upsert: boolean
  readonly upperBound: number
}

export interface AstraAnswer {
  /** As rows: the documents, or one that tells what was done. */
  readonly records: readonly JsonObject[]
  readonly whole: JsonObject
}

export type SayToCollection = (command: JsonObject, allowed?: readonly string[]) => Promise<JsonObject>

/** Documents Astra DB takes at a time. */
const BATCH = 50

/** @throws AppError `invalid_field` for what an operation lacks; what `say` throws */
export async function astraOperation(
  operation: AstraOperation,
  settings: AstraSettings,
  say: SayToCollection,
): Promise<AstraAnswer> {
  switch (operation) {
    case 'Find': {
      const documents = await astraFind(settings, say)
      return { records: documents, whole: { count: documents.length, documents } }
    }
    case 'Find One': {
      const [document = null] = await astraFind({ ...settings, limit: 1, skip: 0 }, say)
      return { records: document ? [document] : [], whole: { document } }
    }
    case 'Insert One': {
      const [document] = settings.documents
      if (!document) throw missing('document')
      const status = statusOf(await say({ insertOne: { document } }))
      return told({ inserted_id: [status.insertedIds].flat()[0] ?? null })
    }
    case 'Insert Many':
      return insertMany(settings, say)
    case 'Update One':
    case 'Update Many':
      return update(operation === 'Update One' ? 'updateOne' : 'updateMany', settings, say)
    case 'Delete One':
      return told({ deleted_count: await removed('deleteOne', settings, say) })
    case 'Delete Many':
      return told({ deleted_count: await removed('deleteMany', settings, say) })
    case 'Count Documents':
      return count(settings, say)
    case 'Estimated Count':
      return told({ estimated_count: statusOf(await say({ estimatedDocumentCount: {} })).count ?? 0 })
    default:
      return operation satisfies never
  }
}

type Found = Pick<AstraSettings, 'filter' | 'projection' | 'sort' | 'limit' | 'skip' | 'includeSimilarity'>

/** The documents that fit, page by page up to the limit; 0 means as many as there are. */
export async function astraFind(
  { filter, projection, sort, limit, skip, includeSimilarity }: Found,
  say: SayToCollection,
): Promise<readonly JsonObject[]> {
  const documents: JsonObject[] = []
  const most = limit > 0 ? limit : Number.POSITIVE_INFINITY
  for (let pageState: unknown = null; ; ) {
    const options = {
      ...(limit > 0 && { limit: limit - documents.length }),
      ...(skip > 0 && { skip }),
      ...(includeSimilarity && { includeSimilarity }),
      ...(typeof pageState === 'string' && { pageState }),
    }
    const { data } = await say({
      find: {
        filter,
        ...(isNotEmpty(projection) && { projection }),
        ...(isNotEmpty(sort) && { sort }),
        options,
      },
    })
    if (!isObject(data)) return documents
    documents.push(...objectsIn(data.documents))
    pageState = data.nextPageState
    if (typeof pageState !== 'string' || documents.length >= most) return documents
  }
}

async function insertMany({ manyDocuments, ordered }: AstraSettings, say: SayToCollection): Promise<AstraAnswer> {
  if (manyDocuments.length === 0) {
    throw new AppError('invalid_field', ['Insert Many requires a non-empty list of documents.'])
  }
  const ids: unknown[] = []
  for (let at = 0; at < manyDocuments.length; at += BATCH) {
    const documents = manyDocuments.slice(at, at + BATCH)
    const answer = await say({ insertMany: { documents, options: { ordered } } })
    ids.push(...[statusOf(answer).insertedIds ?? []].flat())
  }
  return told({ inserted_ids: ids, inserted_count: ids.length })
}

async function update(
  command: 'updateOne' | 'updateMany',
  { filter, update: change, upsert }: AstraSettings,
  say: SayToCollection,
): Promise<AstraAnswer> {
  if (!isNotEmpty(filter)) throw missing('filter_query')
  if (!isNotEmpty(change)) throw missing('update')
  const counts = { matched_count: 0, modified_count: 0 }
  let upserted_id: unknown = null
  for (let pageState = ''; ; ) {
    const options = { upsert, ...(pageState !== '' && { pageState }) }
    const status = statusOf(await say({ [command]: { filter, update: change, options } }))
    counts.matched_count += Number(status.matchedCount ?? 0)
    counts.modified_count += Number(status.modifiedCount ?? 0)
    upserted_id = status.upsertedId ?? upserted_id
    pageState = textIn(status.nextPageState)
    if (status.moreData !== true || pageState === '') return told({ ...counts, upserted_id })
  }
}

/** How many are gone; the Data API says of many only that they are. */
async function removed(command: 'deleteOne' | 'deleteMany', { filter }: AstraSettings, say: SayToCollection) {
  if (!isNotEmpty(filter)) throw missing('filter_query')
  for (let sum = 0; ; ) {
    const { deletedCount, moreData } = statusOf(await say({ [command]: { filter } }))
    sum = Number(deletedCount ?? 0) < 0 ? -1 : sum + Number(deletedCount ?? 0)
    if (moreData !== true) return sum
  }
}

async function count({ filter, upperBound }: AstraSettings, say: SayToCollection): Promise<AstraAnswer> {
  const status = statusOf(await say({ countDocuments: { filter } }))
  const counted = Number(status.count ?? 0)
  if (status.moreData === true || counted > upperBound) {
    throw new AppError('bad_request', [`Document count exceeds the upper bound of ${upperBound}.`])
  }
  return told({ count: counted, upper_bound: upperBound })
}

const told = (whole: JsonObject): AstraAnswer => ({ records: [whole], whole })

const statusOf = ({ status }: JsonObject): JsonObject => (isObject(status) ? status : {})

const isNotEmpty = (object: JsonObject): boolean => Object.keys(object).length > 0

const missing = (name: string): AppError =>
  new AppError('invalid_field', [`Field '${name}' must not be empty for this operation.`])
