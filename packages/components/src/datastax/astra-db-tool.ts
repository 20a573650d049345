import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import {
  argumentSchema,
  data,
  defineComponent,
  type Fields,
  field,
  type InputsOf,
  type RunContext,
  type Tool,
} from '@runnel/sdk'
import { astraApi } from '../shared/astra-api.ts'
import { astraAccessFields } from '../shared/astra-fields.ts'
import { astraFind } from '../shared/astra-operations.ts'
import { argumentRows, filterOf, parameterColumns } from '../shared/astra-tool-filter.ts'
import { connectedEmbeddings } from '../shared/embedding-choice.ts'

const inputs = {
  tool_name: field.string({ label: 'Tool Name', info: 'What the model calls the tool.', required: true }),
  tool_description: field.string({
    label: 'Tool Description',
    info: 'What the model is told the tool is for.',
    required: true,
  }),
  keyspace: field.string({
    label: 'Keyspace Name',
    info: 'The part of the database to use.',
    default: 'default_keyspace',
    advanced: true,
  }),
  collection_name: field.string({ label: 'Collection Name', info: 'The collection that is searched.', required: true }),
  ...astraAccessFields,
  projection_attributes: field.string({
    label: 'Projection Attributes',
    info: 'What of a document is given, with commas between; !name leaves one out. A star means all.',
    default: '*',
    required: true,
    advanced: true,
  }),
  tools_params_v2: field.table({
    label: 'Tools Parameters',
    info: 'The arguments of the tool, each of which a document is compared with.',
    columns: parameterColumns,
  }),
  tool_params: field.dict({
    label: 'Tool params',
    info: 'The arguments as older flows have them: names and what the model is told of them, ! before one it must give.',
    list: true,
    advanced: true,
  }),
  static_filters: field.dict({
    label: 'Static filters',
    info: 'What documents must have in any case.',
    list: true,
    advanced: true,
  }),
  number_of_results: field.int({
    label: 'Number of Results',
    info: 'The most documents to find.',
    default: 5,
    advanced: true,
  }),
  use_search_query: field.bool({
    label: 'Semantic Search',
    info: 'The tool takes a question as well, and gives the nearest documents.',
  }),
  use_vectorize: field.bool({
    label: 'Use Astra DB Vectorize',
    info: 'The collection makes the vector of the question itself.',
  }),
  embedding: field.handle({
    label: 'Embedding Model',
    info: 'What makes the vector of the question.',
    accepts: ['Embeddings'],
  }),
  semantic_search_instruction: field.string({
    label: 'Semantic Search Instruction',
    info: 'What the model is told of the question.',
    default: 'Search query to find relevant documents.',
    required: true,
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const astraDbTool = defineComponent({
  type: 'AstraDBTool',
  aliases: ['AstraDBToolComponent'],
  displayName: 'Astra DB Tool',
  description: 'Gives agents a tool that finds documents of a collection of Astra DB, by their entries and by meaning.',
  icon: 'AstraDB',
  category: 'datastax',
  legacy: true,
  replacement: ['datastax.AstraDB'],
  inputs,
  outputs: {
    api_run_model: {
      type: 'Data',
      label: 'Data',
      method: 'run_model',
      tool: false,
      run: async ({ inputs, context }) => (await find({}, inputs, context)).map((document) => data(document)),
    },
    api_build_tool: {
      type: 'Tool',
      label: 'Tool',
      method: 'build_tool',
      run: ({ inputs, context }) => toolOf(inputs, context),
    },
  },
  tools: ({ inputs, context }) => [toolOf(inputs, context)],
})

const NAME = /^[a-zA-Z0-9_-]+$/

function toolOf(inputs: Inputs, context: RunContext): Tool {
  const name = inputs.tool_name.trim()
  if (!NAME.test(name)) {
    throw new AppError('invalid_field', [
      `"${name}" is no name of a tool. Write letters, digits, underscores and dashes into Tool Name.`,
    ])
  }
  return {
    kind: 'tool',
    name,
    tags: [name],
    description: inputs.tool_description,
    inputSchema: argumentSchema(Object.entries(argumentsOf(inputs))),
    call: (given, signal, caller = context) =>
      find(given, inputs, { ...context, signal, addUsage: caller.addUsage, spans: caller.spans }),
  }
}

function argumentsOf(inputs: Inputs): Fields {
  const rows = argumentRows(inputs)
  const search = { label: 'Search Query', info: inputs.semantic_search_instruction, required: true }
  return {
    ...Object.fromEntries(
      rows.map(({ name, description, mandatory }) => [
        name,
        field.text({ label: name, info: description, required: mandatory }),
      ]),
    ),
    ...(inputs.use_search_query && { search_query: field.text(search) }),
  }
}

async function find(given: JsonObject, inputs: Inputs, context: RunContext): Promise<readonly JsonObject[]> {
  const filter = filterOf(given, argumentRows(inputs), inputs.static_filters)
  const query = typeof given.search_query === 'string' ? given.search_query.trim() : ''
  const sort = inputs.use_search_query && query !== '' ? await nearestTo(query, inputs, context) : {}
  const { token, api_endpoint: endpoint, keyspace, collection_name: collection } = inputs
  const api = await astraApi({ token, endpoint, keyspace, collection, environment: '', database: '' }, context)
  const asked = {
    filter,
    sort,
    projection: projectionOf(inputs.projection_attributes),
    limit: inputs.number_of_results,
    skip: 0,
    includeSimilarity: false,
  }
  try {
    const documents = await astraFind(asked, (command) => api.say(api.collection, command))
    context.setStatus(documents)
    return documents
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
    const why = `Error on Astra DB Tool ${inputs.tool_name} request: ${messageOf(error)}`
    throw new AppError('bad_request', [why], { cause: error })
  }
}

async function nearestTo(query: string, { use_vectorize, embedding }: Inputs, context: RunContext) {
  if (use_vectorize) return { $vectorize: query }
  if (!isObject(embedding)) {
    const why = 'Embedding model is not set. Please set the embedding model or use Astra DB Vectorize.'
    throw new AppError('invalid_field', [why])
  }
  const asked = { purpose: 'query', addUsage: context.addUsage } as const
  const [$vector = []] = await connectedEmbeddings(embedding).embed([query], context.signal, asked)
  return { $vector }
}

/** `a, !b` as `{ a: true, b: false }`; nothing for a star, which means all. Vectors are no use to a model. */
function projectionOf(attributes: string): JsonObject {
  const names = attributes.split(',').flatMap((name) => name.trim() || [])
  if (names.length === 0 || (names.length === 1 && names[0] === '*')) return {}
  const chosen = names.map((name) => (name.startsWith('!') ? [name.slice(1), false] : [name, true]))
  return { $vector: false, ...Object.fromEntries(chosen) }
}
