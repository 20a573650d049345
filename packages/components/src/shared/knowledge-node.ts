import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import {
  type ChunkQuery,
  type DataFrame,
  data,
  dataFrame,
  type FoundChunk,
  field,
  isMessage,
  type RunContext,
  toDataFrame,
} from '@runnel/sdk'
import { addChunks, chunkOfRow, columnUses, knowledgeEmbeddings } from './knowledge-ingest.ts'
import { tracedSearch } from './traced-search.ts'

const ACCEPTS = ['Message', 'Data', 'JSON', 'DataFrame', 'Table'] as const

/** The fields of the knowledge components. */
export const knowledgeFields = {
  knowledge_base: field.dropdown({
    label: 'Knowledge',
    info: 'The knowledge base to use.',
    options: [],
    free: true,
    required: true,
    refresh: true,
    extra: { refresh_button: true },
  }),
  input_df: field.handle({
    label: 'Input',
    info: 'The table whose rows are kept. Text alone is one row.',
    required: true,
    accepts: ACCEPTS,
  }),
  column_config: field.table({
    label: 'Column Configuration',
    info: 'Which columns hold the text, and which tell rows apart. The others are kept with it.',
    required: true,
    columns: [
      { name: 'column_name', display_name: 'Column Name', type: 'str', description: 'The name of a column.' },
      { name: 'vectorize', display_name: 'Vectorize', type: 'boolean', description: 'It holds the text.' },
      { name: 'identifier', display_name: 'Identifier', type: 'boolean', description: 'It tells rows apart.' },
    ],
    default: [{ column_name: 'text', vectorize: true, identifier: true }],
  }),
  chunk_size: field.int({
    label: 'Chunk Size',
    info: 'How many rows are embedded at a time.',
    default: 1000,
    advanced: true,
  }),
  api_key: field.secret({
    label: 'Embedding Provider API Key',
    info: 'Used instead of the key that is set for the provider.',
    advanced: true,
  }),
  allow_duplicates: field.bool({
    label: 'Allow Duplicates',
    info: 'Keep rows that are there already once more.',
    advanced: true,
  }),
  metadata_json: field.string({
    label: 'Metadata',
    info: 'A JSON object that is kept with each text.',
    advanced: true,
  }),
  metadata_filter: field.text({
    label: 'Metadata Filter',
    info: 'A JSON object: entries a text must have been kept with. A list means any of its values.',
    advanced: true,
  }),
  search_query: field.text({ label: 'Search Query', info: 'What to look for.', tool: true }),
  top_k: field.int({ label: 'Top K Results', info: 'The most texts to find.', default: 5, advanced: true }),
  include_metadata: field.bool({
    label: 'Include Metadata',
    info: 'Give what is kept with each text as well.',
    default: true,
  }),
  include_embeddings: field.bool({
    label: 'Include Embeddings',
    info: 'Give the vector of each text as well.',
    advanced: true,
  }),
  search_method: field.dropdown({
    label: 'Search Method',
    info: 'Find texts by their meaning, by their words, or by both.',
    options: ['Vector Search', 'Hybrid Search', 'Keyword Search'],
    default: 'Vector Search',
    advanced: true,
  }),
} as const

export interface KnowledgeIngest {
  readonly knowledge_base: string
  readonly input_df: unknown
  readonly column_config: readonly Readonly<Record<string, unknown>>[]
  readonly chunk_size: number
  readonly api_key: string
  readonly allow_duplicates: boolean
  /** A JSON object kept with each row. */
  readonly metadata_json?: string
}

/** Adds the rows and says what was done. @throws AppError `invalid_field` that begins with what it was doing */
export async function ingestKnowledge(asked: KnowledgeIngest, context: RunContext) {
  try {
    const base = await context.vectors.knowledgeBase(asked.knowledge_base.trim())
    const embeddings = await knowledgeEmbeddings(base?.embedding ?? null, asked.api_key, context)
    if (!base) throw invalid('No embedding model configuration found. Please create the knowledge base first.')
    const table = rowsOf(asked.input_df)
    const uses = columnUses(asked.column_config, table.columns)
    const more = sourceMetadata(asked.metadata_json)
    const chunks = table.rows
      .map((row) => chunkOfRow(row, uses))
      .map((chunk) => ({ ...chunk, metadata: { ...chunk.metadata, ...more } }))
    const { added, skipped } = await addChunks(
      chunks,
      {
        collection: base.collection,
        embeddings,
        allowDuplicates: asked.allow_duplicates,
        batchSize: asked.chunk_size,
        addUsage: context.addUsage,
      },
      context.signal,
    )
    const named = (pick: 'vectorize' | 'identifier') =>
      uses.filter((use) => use[pick]).map(({ column_name }) => column_name)
    const result = data({
      kb_id: base.id,
      kb_name: base.name,
      rows: table.rows.length,
      chunks_created: added,
      skipped,
      column_metadata: {
        total_columns: table.columns.length,
        mapped_columns: uses.length,
        unmapped_columns: table.columns.length - uses.length,
        columns: uses.map(({ column_name: name, vectorize, identifier }) => ({ name, vectorize, identifier })),
        summary: { vectorized_columns: named('vectorize'), identifier_columns: named('identifier') },
      },
      path: `knowledge_bases/${base.name}`,
      config_columns: uses.length,
      timestamp: new Date().toISOString(),
    })
    context.setStatus(`Kept ${added} of ${table.rows.length} rows in ${base.name}.`)
    return result
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    throw new AppError('invalid_field', [`Error during KB ingestion: ${messageOf(error)}`], { cause: error })
  }
}

export interface KnowledgeSearch {
  readonly knowledge_base: string
  readonly search_query: string
  readonly top_k: number
  readonly api_key: string
  readonly include_metadata: boolean
  readonly include_embeddings: boolean
  readonly search_method: 'Vector Search' | 'Hybrid Search' | 'Keyword Search'
  /** A JSON object: entries the metadata must have. */
  readonly metadata_filter?: string
}

/** The texts nearest to the query, a row each; without one the first there are. @throws AppError `invalid_field` */
export async function searchKnowledge(asked: KnowledgeSearch, context: RunContext): Promise<DataFrame> {
  const name = asked.knowledge_base.trim()
  const base = name === '' ? undefined : await context.vectors.knowledgeBase(name)
  if (!base?.embedding) {
    throw invalid(`Metadata not found for knowledge base: ${name}. Ensure it has been indexed.`)
  }
  const filter = filterIn(asked.metadata_filter ?? '')
  const query = asked.search_query.trim()
  const isWords = asked.search_method !== 'Vector Search' && query !== ''
  const isMeaning = asked.search_method !== 'Keyword Search' && query !== ''
  const limit = Math.max(1, asked.top_k)
  const found = await tracedSearch({ name, query, limit, filter }, context, async ({ addUsage, signal }) => {
    const [vector] = isMeaning
      ? await (await knowledgeEmbeddings(base.embedding, asked.api_key, context)).embed([query], signal, {
          purpose: 'query',
          addUsage,
        })
      : []
    const wanted: ChunkQuery = {
      limit,
      withVectors: asked.include_embeddings,
      ...(vector && { vector }),
      ...(isWords && { text: query }),
      ...(filter && { filter }),
    }
    return base.collection.search(wanted)
  })
  return dataFrame(found.map((chunk) => rowOf(chunk, asked)))
}

function rowOf(
  { text, metadata, distance, vector }: FoundChunk,
  { include_metadata, include_embeddings }: Pick<KnowledgeSearch, 'include_metadata' | 'include_embeddings'>,
) {
  return {
    content: text,
    // A larger score is nearer.
    ...(distance !== null && { _score: -distance }),
    ...(include_metadata && metadata),
    ...(include_embeddings && vector && { _embeddings: vector }),
  }
}

/** A table of whatever came; a Message is its text, and a Data that has a text is one row. */
function rowsOf(given: unknown): DataFrame {
  const first: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given
  const table = isMessage(first) ? dataFrame([{ text: first.text }]) : toDataFrame(first ?? [])
  if (table.rows.length === 0) throw invalid('There are no rows to keep. Connect a table, Data or a Message.')
  return table
}

function sourceMetadata(json = ''): Readonly<Record<string, unknown>> {
  const parsed = objectIn(json, 'metadata_json')
  return parsed ? { source_metadata: JSON.stringify(parsed) } : {}
}

const filterIn = (json: string): Readonly<Record<string, unknown>> | undefined => objectIn(json, 'metadata_filter')

function objectIn(json: string, name: string): Readonly<Record<string, unknown>> | undefined {
  if (json.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(json)
    if (isObject(value)) return Object.keys(value).length > 0 ? value : undefined
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw invalid(`${name} is no JSON object. Write it as {"name": "value"}.`)
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
