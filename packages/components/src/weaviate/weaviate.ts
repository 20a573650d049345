import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { flatMetadata } from '../shared/store-documents.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  url: field.string({
    label: 'Weaviate URL',
    info: 'Where it runs.',
    default: 'http://localhost:8080',
    required: true,
  }),
  api_key: field.secret({ label: 'API Key', info: 'The key of your cluster.' }),
  index_name: field.string({
    label: 'Index Name',
    info: 'The collection; made when it is not there. It begins with a capital.',
    required: true,
  }),
  text_key: field.string({
    label: 'Text Key',
    info: 'Where the text of a document lies.',
    default: 'text',
    advanced: true,
  }),
  search_by_text: field.bool({
    label: 'Search By Text',
    info: 'Find by words and meaning together.',
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const weaviate = defineComponent({
  type: 'Weaviate',
  aliases: ['WeaviateVectorStoreComponent'],
  displayName: 'Weaviate',
  description: 'Keeps texts in a Weaviate collection and finds them by meaning, or by words as well.',
  icon: 'Weaviate',
  category: 'weaviate',
  inputs,
  outputs: searching<typeof inputs>(requestOf, weaviateStore),
})

/** Names that may stand in a query of GraphQL as they are. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function weaviateStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { text_key } = inputs
  const name = inputs.index_name.trim().replace(/^./, (letter) => letter.toUpperCase())
  if (!NAME.test(name) || !NAME.test(text_key)) {
    throw new AppError('invalid_field', ['Weaviate takes names of letters, digits and _ only. Change the index name.'])
  }
  const headers = inputs.api_key === '' ? {} : { authorization: `Bearer ${inputs.api_key}` }
  const service = jsonService(inputs.url, headers, context)
  return {
    provider: 'Weaviate',
    async add(documents) {
      if (!(await service.has(`/v1/schema/${name}`))) {
        const properties = [{ name: text_key, dataType: ['text'] }]
        await service.ask('POST', '/v1/schema', { class: name, vectorizer: 'none', properties })
      }
      const answer = await service.ask('POST', '/v1/batch/objects', {
        objects: documents.map(({ id, text, metadata, vector }) => ({
          class: name,
          id,
          vector,
          properties: { ...namedMetadata(metadata), [text_key]: text },
        })),
      })
      for (const { result } of objectsIn(answer)) {
        const errors = isObject(result) && isObject(result.errors) ? result.errors.error : undefined
        const [first] = objectsIn(errors)
        if (first) throw new AppError('bad_request', [`Weaviate refused a document: ${textIn(first.message)}`])
      }
    },
    async nearest(vector, { limit, filter, withVectors, query }) {
      if (!(await service.has(`/v1/schema/${name}`))) return []
      const schema = await service.object('GET', `/v1/schema/${name}`)
      const names = objectsIn(schema.properties).flatMap(({ name: property, dataType }) =>
        typeof property === 'string' && NAME.test(property) && isPlain(dataType) ? [property] : [],
      )
      const how = inputs.search_by_text
        ? `hybrid: {query: ${JSON.stringify(query)}, vector: [${vector.join(',')}]}`
        : `nearVector: {vector: [${vector.join(',')}]}`
      const where = whereOf(filter)
      const additional = `_additional { distance certainty score${withVectors ? ' vector' : ''} }`
      const { data, errors } = await service.object('POST', '/v1/graphql', {
        query: `{ Get { ${name}(limit: ${limit}, ${how}${where}) { ${names.join(' ')} ${additional} } } }`,
      })
      const [problem] = objectsIn(errors)
      if (problem) throw new AppError('bad_request', [`Weaviate refused: ${textIn(problem.message)}`])
      const get = isObject(data) && isObject(data.Get) ? data.Get : {}
      return objectsIn(get[name]).map(({ _additional, [text_key]: text, ...held }) => {
        const more = isObject(_additional) ? _additional : {}
        const own = vectorIn(more.vector)
        const metadata = Object.fromEntries(Object.entries(held).filter(([, value]) => value !== null))
        const score = numberIn(more.certainty) ?? (more.score === undefined ? null : Number(more.score))
        return { text: String(text ?? ''), metadata, score, ...(own && { vector: own }) }
      })
    },
  }
}

const isPlain = (dataType: unknown): boolean =>
  Array.isArray(dataType) &&
  ['text', 'string', 'int', 'number', 'boolean', 'date', 'uuid'].includes(String(dataType[0]))

/** Weaviate makes properties of what it is given, whose names follow GraphQL. */
const namedMetadata = (metadata: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(flatMetadata(metadata)).map(([name, value]) => [
      name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_'),
      value,
    ]),
  )

function whereOf(filter: Readonly<Record<string, unknown>>): string {
  const operands = conditionsOf(filter).map(({ name, values }) => {
    const any = values.map((value) => `{path: [${JSON.stringify(name)}], operator: Equal, ${literalOf(value)}}`)
    return any.length === 1 ? (any[0] ?? '') : `{operator: Or, operands: [${any.join(', ')}]}`
  })
  if (operands.length === 0) return ''
  return `, where: ${operands.length === 1 ? operands[0] : `{operator: And, operands: [${operands.join(', ')}]}`}`
}

function literalOf(value: unknown): string {
  if (typeof value === 'boolean') return `valueBoolean: ${value}`
  if (typeof value === 'number') return `${Number.isInteger(value) ? 'valueInt' : 'valueNumber'}: ${value}`
  return `valueText: ${JSON.stringify(String(value))}`
}
