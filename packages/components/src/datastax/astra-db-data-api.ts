import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, dataFrame, defineComponent, field, type InputsOf, isData, type RunArguments } from '@runnel/sdk'
import { parsedJson } from '../shared/ask-service.ts'
import { astraApi } from '../shared/astra-api.ts'
import { astraAddressFields } from '../shared/astra-fields.ts'
import { ASTRA_OPERATIONS, type AstraAnswer, astraOperation, isFieldOf } from '../shared/astra-operations.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { shownFields } from '../shared/shown-fields.ts'

const inputs = {
  ...astraAddressFields,
  autodetect_collection: field.bool({
    label: 'Autodetect Collection',
    info: 'Kept for older flows: what a collection can do is always found out.',
    default: true,
    advanced: true,
  }),
  operation: field.dropdown({
    label: 'Operation',
    info: 'What is done with the documents of the collection.',
    options: ASTRA_OPERATIONS,
    default: 'Find',
    refresh: true,
    tool: true,
  }),
  filter_query: field.nestedDict({
    label: 'Filter',
    info: 'Which documents: {"status": "active", "age": {"$gte": 18}}. Empty means all, where nothing is changed.',
    tool: true,
  }),
  projection: field.nestedDict({
    label: 'Projection',
    info: 'Which of their entries are given: {"name": 1}, or {"name": 0} for all others.',
    advanced: true,
  }),
  sort: field.nestedDict({
    label: 'Sort',
    info: 'Their order: {"age": 1}, {"age": -1}, or {"$vectorize": "a question"} for the nearest first.',
    advanced: true,
  }),
  limit: field.int({ label: 'Limit', info: 'The most documents to give.', default: 100, tool: true }),
  skip: field.int({ label: 'Skip', info: 'How many documents to leave out first.', default: 0, advanced: true }),
  include_similarity: field.bool({
    label: 'Include Similarity',
    info: 'Tell how near each document is, as $similarity.',
    advanced: true,
  }),
  document: field.nestedDict({ label: 'Document', info: 'The document to insert.', show: false, tool: true }),
  // As it came: a list is no object.
  documents: {
    ...field.nestedDict({ label: 'Documents', info: 'A list of documents to insert.', show: false, tool: true }),
    coercion: 'any',
  },
  ordered: field.bool({
    label: 'Ordered Insert',
    info: 'Stop at the first document that cannot be inserted.',
    advanced: true,
    show: false,
  }),
  update: field.nestedDict({
    label: 'Update',
    info: 'What is changed: {"$set": {"status": "archived"}}.',
    show: false,
    tool: true,
  }),
  upsert: field.bool({ label: 'Upsert', info: 'Insert a document where none fits.', advanced: true, show: false }),
  upper_bound: field.int({
    label: 'Count Upper Bound',
    info: 'How far documents are counted.',
    default: 1000,
    advanced: true,
    show: false,
  }),
} as const
type Args = RunArguments<typeof inputs>

export const astraDbDataApi = defineComponent({
  type: 'AstraDBDataAPI',
  aliases: ['AstraDBDataAPIComponent'],
  displayName: 'Astra DB Data API',
  description: 'Finds, inserts, changes, deletes and counts documents in a collection of Astra DB.',
  icon: 'AstraDB',
  category: 'datastax',
  documentation: 'https://docs.datastax.com/en/astra-db-serverless/api-reference/overview.html',
  beta: true,
  inputs,
  dynamicInputs: ({ operation }) => shownFields(inputs, (name) => isFieldOf(operation, name)),
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'run_operation',
      run: async (args) => (await done(args)).records.map((record) => data(record)),
    },
    dataframe: {
      type: 'DataFrame',
      label: 'Table',
      method: 'as_dataframe',
      run: async (args) => dataFrame((await done(args)).records),
    },
    raw: {
      type: 'Data',
      label: 'Raw Result',
      method: 'raw_result',
      run: async (args) => data((await done(args)).whole),
    },
  },
})

/** Once for all outputs: what changes something does so once. */
function done({ inputs: chosen, context }: Args): Promise<AstraAnswer> {
  return oncePerBuild(context, 'answer', async () => {
    if (chosen.collection_name.trim() === '') {
      throw new AppError('invalid_field', ['No collection selected. Choose or create a collection first.'])
    }
    const api = await astraApi(
      {
        token: chosen.token,
        environment: chosen.environment,
        database: chosen.database_name,
        endpoint: chosen.api_endpoint,
        keyspace: chosen.keyspace,
        collection: chosen.collection_name,
      },
      context,
    )
    try {
      const answer = await astraOperation(chosen.operation, settingsOf(chosen), (command, allowed) =>
        api.say(api.collection, command, allowed),
      )
      context.setStatus(answer.whole)
      return answer
    } catch (error) {
      context.signal.throwIfAborted()
      if (!(error instanceof AppError) || error.code === 'address_refused') throw error
      const why = `Astra DB Data API '${chosen.operation}' failed: ${error.message}`
      throw new AppError(error.code, [why], { cause: error })
    }
  })
}

const settingsOf = (chosen: InputsOf<typeof inputs>) => ({
  filter: chosen.filter_query,
  projection: chosen.projection,
  sort: chosen.sort,
  limit: chosen.limit,
  skip: chosen.skip,
  includeSimilarity: chosen.include_similarity,
  documents: isObject(chosen.document) && Object.keys(chosen.document).length > 0 ? [chosen.document] : [],
  manyDocuments: manyIn(chosen.documents),
  ordered: chosen.ordered,
  update: chosen.update,
  upsert: chosen.upsert,
  upperBound: chosen.upper_bound,
})

/** One document, or a list of them. */
function manyIn(given: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof given === 'string' && given.trim() !== '') return manyIn(parsedJson(given))
  if (isData(given)) return [given.data]
  if (isObject(given)) return Object.keys(given).length === 0 ? [] : [given]
  if (!Array.isArray(given)) return []
  const wrong = given.findIndex((item: unknown) => !isObject(item))
  if (wrong >= 0) throw new AppError('invalid_field', [`Documents list contains non-dict entries at index ${wrong}.`])
  return given.filter(isObject).map((item) => (isData(item) ? item.data : item))
}
