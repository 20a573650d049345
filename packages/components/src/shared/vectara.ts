import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'
import { conditionsOf, jsonService } from './json-service.ts'

/** Whose texts are asked: the fields both components have. */
export const vectaraFields = {
  vectara_customer_id: field.string({
    label: 'Vectara Customer ID',
    info: 'The number of your account.',
    required: true,
  }),
  vectara_corpus_id: field.string({
    label: 'Vectara Corpus ID',
    info: 'The number of the corpus; several with commas between are searched together.',
    required: true,
  }),
  vectara_api_key: field.secret({ label: 'Vectara API Key', info: 'Your key for Vectara.', required: true }),
} as const
type Account = InputsOf<typeof vectaraFields>

export interface VectaraSearch {
  readonly query: string
  readonly limit: number
  /** How much words count beside meaning, from 0 to 1. */
  readonly lambda: number
  /** As Vectara writes it. */
  readonly filter: string
  /** Part of the query as Vectara takes it: reranking, summary. */
  readonly more?: JsonObject
}

export interface VectaraService {
  /** @throws AppError `bad_request` with what Vectara says */
  index(document: JsonObject): Promise<void>
  /** The answer to one query. @throws AppError `bad_request` with what Vectara says */
  query(search: VectaraSearch): Promise<JsonObject>
}

export function vectara(account: Account, context: RunContext): VectaraService {
  const { vectara_customer_id: customerId, vectara_corpus_id, vectara_api_key } = account
  const corpora = vectara_corpus_id.split(',').flatMap((id) => id.trim() || [])
  const [corpusId] = corpora
  if (corpusId === undefined) throw new AppError('invalid_field', ['The Vectara Corpus ID cannot be empty.'])
  const headers = { 'x-api-key': vectara_api_key, 'customer-id': customerId.trim() }
  const service = jsonService('https://api.vectara.io', headers, context)
  return {
    async index(document) {
      const { status } = await service.object('POST', '/v1/index', {
        customerId: customerId.trim(),
        corpusId,
        document,
      })
      // What is there already was kept with the same text: its id says so.
      check([status], ['ALREADY_EXISTS'])
    },
    async query({ query, limit, lambda, filter, more }) {
      const keys = corpora.map((id) => ({
        customerId: customerId.trim(),
        corpusId: id,
        metadataFilter: filter,
        ...(lambda > 0 && { lexicalInterpolationConfig: { lambda } }),
      }))
      const { responseSet } = await service.object('POST', '/v1/query', {
        query: [
          {
            query,
            start: 0,
            numResults: limit,
            contextConfig: { sentencesBefore: 2, sentencesAfter: 2 },
            corpusKey: keys,
            ...more,
          },
        ],
      })
      const [answer = {}] = objectsIn(responseSet)
      check([answer.status].flat())
      return answer
    },
  }
}

/** @throws AppError `bad_request` for the first of them that tells of a failure */
function check(statuses: readonly unknown[], allowed: readonly string[] = []): void {
  const failure = statuses.filter(isObject).find(({ code }) => !['OK', '', ...allowed].includes(textIn(code)))
  if (failure)
    throw new AppError('bad_request', [`Vectara: ${textIn(failure.code)} ${textIn(failure.statusDetail)}`.trim()])
}

/** `[{ name, value }]` as an object. */
export const attributesIn = (list: unknown): JsonObject =>
  Object.fromEntries(objectsIn(list).map(({ name, value }) => [textIn(name), value]))

/** The filter as Vectara writes it: entries of the part that was found. */
export const vectaraFilter = (filter: JsonObject): string =>
  conditionsOf(filter)
    .map(({ name, values }) => `(${values.map((value) => `part.${name} = ${literal(value)}`).join(' or ')})`)
    .join(' and ')

const literal = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
