import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const common = { tag: 'Knowledge bases', access: 'user' } as const
const path = '/api/v1/knowledge_bases'
const params = z.object({ kb_name: z.string().max(255) })
const notFound = { 404: "Knowledge base 'manuals' not found" }
const errors = { 400: 'The name is no simple name', ...notFound }

export const ColumnConfig = z.object({
  column_name: z.string(),
  vectorize: z.boolean().default(false),
  identifier: z.boolean().default(false),
})

export const KnowledgeBaseRead = z.object({
  /** What the addresses below and the fields of components take. */
  id: z.string(),
  dir_name: z.string(),
  /** The id as people write it. */
  name: z.string(),
  embedding_provider: z.string(),
  embedding_model: z.string(),
  /** Bytes. */
  size: z.number().int(),
  words: z.number().int(),
  characters: z.number().int(),
  chunks: z.number().int(),
  avg_chunk_size: z.number(),
  chunk_size: z.number().int(),
  chunk_overlap: z.number().int(),
  separator: z.string(),
  status: z.enum(['empty', 'ingesting', 'ready', 'failed']),
  failure_reason: z.string().nullable(),
  last_job_id: z.string().nullable(),
  source_types: z.array(z.string()),
  column_config: z.array(ColumnConfig),
  backend_type: z.literal('sqlite'),
  backend_config: z.looseObject({}),
  storage_state: z.literal('ready'),
  storage_generation: z.number().int(),
  active_migration_id: z.null(),
})
export type KnowledgeBaseRead = z.output<typeof KnowledgeBaseRead>

const example = {
  id: 'manuals',
  dir_name: 'manuals',
  name: 'Manuals',
  embedding_provider: 'OpenAI',
  embedding_model: 'text-embedding-3-small',
  size: 67_812,
  words: 820,
  characters: 5120,
  chunks: 8,
  avg_chunk_size: 640,
  chunk_size: 1000,
  chunk_overlap: 200,
  separator: '',
  status: 'ready',
  failure_reason: null,
  last_job_id: null,
  source_types: ['file'],
  column_config: [{ column_name: 'text', vectorize: true, identifier: true }],
  backend_type: 'sqlite',
  backend_config: {},
  storage_state: 'ready',
  storage_generation: 1,
  active_migration_id: null,
} as const

export const listKnowledgeBases = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'List your knowledge bases',
  response: z.array(KnowledgeBaseRead),
  examples: { response: [example] },
})

export const createKnowledgeBase = defineEndpoint({
  ...common,
  method: 'POST',
  path,
  summary: 'Make a knowledge base for texts embedded with one model',
  body: z.object({
    name: z.string().min(3).max(63),
    embedding_provider: z.string().max(255),
    embedding_model: z.string().max(255),
    model_selection: z.unknown().optional(),
    column_config: z.array(ColumnConfig).max(1000).optional(),
    backend_type: z.string().default('sqlite'),
    backend_config: z.looseObject({}).default({}),
  }),
  status: 201,
  response: KnowledgeBaseRead,
  examples: {
    body: { name: 'manuals', embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-small' },
    response: {
      ...example,
      size: 0,
      words: 0,
      characters: 0,
      chunks: 0,
      avg_chunk_size: 0,
      status: 'empty',
      source_types: [],
    },
  },
  errors: { 400: 'Unknown provider: Nobody', 409: "Knowledge base 'manuals' already exists" },
})

export const readKnowledgeBase = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name`,
  summary: 'Read one of your knowledge bases',
  params,
  response: KnowledgeBaseRead,
  examples: { response: example },
  errors,
})

export const deleteKnowledgeBase = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: `${path}/:kb_name`,
  audit: 'knowledge_base.delete',
  summary: 'Delete one of your knowledge bases with all it holds',
  params,
  response: z.object({ message: z.string() }),
  examples: { response: { message: "Knowledge base 'manuals' deleted successfully" } },
  errors,
})

export const deleteKnowledgeBases = defineEndpoint({
  ...common,
  audit: 'knowledge_base.delete',
  method: 'DELETE',
  path,
  summary: 'Delete several of your knowledge bases',
  body: z.object({ kb_names: z.array(z.string().max(255)).max(1000) }),
  response: z.object({ message: z.string(), deleted_count: z.number().int(), not_found: z.string().optional() }),
  examples: {
    body: { kb_names: ['manuals', 'letters'] },
    response: { message: 'Successfully deleted 2 knowledge base(s)', deleted_count: 2 },
  },
  errors: { 400: errors[400], 404: 'Knowledge bases not found: letters, manuals' },
})

/** One file of an upload. */
const KnowledgeRunFile = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number().int(),
  status: z.enum(['waiting', 'succeeded', 'failed', 'skipped']),
  chunks: z.number().int(),
  error: z.string().nullable(),
})

export const KnowledgeRunRead = z.object({
  id: z.string(),
  kb_name: z.string(),
  job_id: z.string(),
  source_type: z.string(),
  source_name: z.string(),
  status: z.enum(['running', 'completed', 'failed', 'cancelled']),
  error_message: z.string().nullable(),
  total_items: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  total_bytes: z.number().int(),
  chunks_created: z.number().int(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  user_metadata: z.looseObject({}),
  files: z.array(KnowledgeRunFile),
  /** Files that were not added are kept, and can be tried again. */
  can_retry: z.boolean(),
})
export type KnowledgeRunRead = z.output<typeof KnowledgeRunRead>

const exampleRun = {
  id: '0b5c02ac-7a9c-4f3b-9d28-0a6f0c6c2f11',
  kb_name: 'manuals',
  job_id: '0b5c02ac-7a9c-4f3b-9d28-0a6f0c6c2f11',
  source_type: 'file',
  source_name: 'guide.pdf',
  status: 'completed',
  error_message: null,
  total_items: 1,
  succeeded: 1,
  failed: 0,
  skipped: 0,
  total_bytes: 48_211,
  chunks_created: 8,
  started_at: '2026-01-05T17:59:07.855000+00:00',
  finished_at: '2026-01-05T17:59:09.102000+00:00',
  user_metadata: {},
  files: [{ name: 'guide.pdf', size: 48_211, status: 'succeeded', chunks: 8, error: null }],
  can_retry: false,
} as const

export const ingestIntoKnowledgeBase = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/ingest`,
  summary: 'Add the files of the parts `files`, cut into chunks; the work goes on after the answer',
  params,
  bodyType: 'multipart',
  status: 202,
  response: z.object({ message: z.string(), job_id: z.string(), run: KnowledgeRunRead }),
  examples: {
    response: {
      message: '1 file is being added.',
      job_id: exampleRun.job_id,
      run: { ...exampleRun, status: 'running', succeeded: 0, chunks_created: 0, finished_at: null },
    },
  },
  errors: {
    ...errors,
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
    413: 'The files are larger than 100MB.',
  },
})

export const ingestFolder = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/ingest/folder`,
  summary: 'Refused: folders of the server are not read',
  params,
  response: z.never(),
  errors: { 400: 'Folders of the server are not read. Upload the files.', ...notFound },
})

export const ingestConnector = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/ingest/connector`,
  summary: 'Refused: there are no connectors',
  params,
  response: z.never(),
  errors: { 400: 'There are no connectors. Upload the files.', ...notFound },
})

export const listConnectors = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/connectors`,
  summary: 'List what knowledge bases can be filled from besides files; there is nothing',
  response: z.array(z.looseObject({})),
  examples: { response: [] },
})

export const cancelIngestion = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/cancel`,
  summary: 'End the adding of files; what was added stays',
  params,
  response: z.object({ message: z.string() }),
  examples: { response: { message: 'Cancelled.' } },
  errors: { ...errors, 409: "Nothing is being added to 'manuals'." },
})

export const listKnowledgeChunks = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name/chunks`,
  summary:
    'List what a knowledge base holds; `search` is a part of the text, `key` and `value` an entry of the metadata',
  params,
  query: z.object({
    page: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(10),
    search: z.string().default(''),
    source: z.string().default(''),
    key: z.string().default(''),
    value: z.string().default(''),
  }),
  response: z.object({
    chunks: z.array(
      z.object({
        id: z.string(),
        content: z.string(),
        char_count: z.number().int(),
        metadata: z.looseObject({}),
      }),
    ),
    total: z.number().int(),
    page: z.number().int(),
    limit: z.number().int(),
    total_pages: z.number().int(),
  }),
  examples: {
    response: {
      chunks: [{ id: 'a1b2', content: 'Turn the key.', char_count: 13, metadata: { source: 'guide.pdf' } }],
      total: 1,
      page: 1,
      limit: 10,
      total_pages: 1,
    },
  },
  errors,
})

export const listKnowledgeMetadata = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name/metadata/keys`,
  summary: 'List what is kept with the texts: names, and some values of each',
  params,
  response: z.object({ keys: z.array(z.object({ key: z.string(), values: z.array(z.string()) })) }),
  examples: { response: { keys: [{ key: 'source', values: ['guide.pdf'] }] } },
  errors,
})

export const listKnowledgeRuns = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name/runs`,
  summary: 'List when files were added, newest first',
  params,
  response: z.array(KnowledgeRunRead),
  examples: { response: [exampleRun] },
  errors,
})

export const readKnowledgeRun = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name/runs/:run_id`,
  summary: 'Read how the adding of files went',
  params: params.extend({ run_id: z.string().max(255) }),
  response: KnowledgeRunRead,
  examples: { response: exampleRun },
  errors,
})

export const retryKnowledgeRun = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/runs/:run_id/retry`,
  summary: 'Add the files again that could not be added, cut as before; the work goes on after the answer',
  params: params.extend({ run_id: z.string().max(255) }),
  status: 202,
  response: KnowledgeRunRead,
  examples: {
    response: { ...exampleRun, status: 'running', succeeded: 0, chunks_created: 0, finished_at: null, files: [] },
  },
  errors: {
    ...errors,
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
  },
})

export const reEmbedKnowledgeBase = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/re-embed`,
  audit: 'knowledge_base.re_embed',
  summary: 'Embed what it holds with another model; flows search the old index until the new one is whole',
  params,
  body: z.object({ embedding_provider: z.string().max(255), embedding_model: z.string().max(255) }),
  status: 202,
  response: KnowledgeRunRead,
  examples: {
    body: { embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-large' },
    response: {
      ...exampleRun,
      source_type: 're-embedding',
      source_name: 'text-embedding-3-small → text-embedding-3-large',
      status: 'running',
      total_items: 8,
      succeeded: 0,
      chunks_created: 0,
      finished_at: null,
      files: [],
    },
  },
  errors: {
    ...errors,
    400: 'Unknown provider: Nobody',
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
  },
})

export const searchKnowledgeBase = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:kb_name/search`,
  summary: 'Find texts of a knowledge base as flows do, with how near each is',
  params,
  body: z.object({
    query: z.string().min(1).max(10_000),
    method: z.enum(['meaning', 'words', 'both']).default('meaning'),
    limit: z.number().int().min(1).max(50).default(5),
  }),
  response: z.object({
    chunks: z.array(
      z.object({
        id: z.string(),
        content: z.string(),
        metadata: z.looseObject({}),
        /** 1 for the same text, less the further away; null for one that only its words have found. */
        score: z.number().nullable(),
      }),
    ),
  }),
  examples: {
    body: { query: 'How do I start the car?', method: 'meaning', limit: 5 },
    response: {
      chunks: [{ id: 'a1b2', content: 'Turn the key.', metadata: { source: 'guide.pdf' }, score: 0.71 }],
    },
  },
  errors,
})

export const updateKnowledgeChunk = defineEndpoint({
  ...common,
  method: 'PATCH',
  path: `${path}/:kb_name/chunks/:chunk_id`,
  summary: 'Change a text, or what is kept with it; it is embedded anew at once',
  params: params.extend({ chunk_id: z.string().max(255) }),
  body: z.object({
    content: z.string().trim().min(1).max(100_000).optional(),
    metadata: z.record(z.string().max(255), z.unknown()).optional(),
  }),
  status: 204,
  response: z.undefined(),
  examples: { body: { content: 'Turn the key to the right.', metadata: { source: 'guide.pdf' } } },
  errors,
})

export const deleteKnowledgeChunks = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: `${path}/:kb_name/chunks`,
  audit: 'knowledge_base.delete_chunks',
  summary: 'Take texts out of a knowledge base',
  params,
  body: z.object({ chunk_ids: z.array(z.string().max(255)).max(1000) }),
  response: z.object({ deleted: z.number().int() }),
  examples: { body: { chunk_ids: ['a1b2'] }, response: { deleted: 1 } },
  errors,
})

export const previewChunks = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/preview-chunks`,
  summary: 'Show how the files of the parts `files` would be cut',
  bodyType: 'multipart',
  response: z.object({
    files: z.array(
      z.object({
        file_name: z.string(),
        total_chunks: z.number().int(),
        preview_chunks: z.array(
          z.object({ content: z.string(), index: z.number().int(), char_count: z.number().int() }),
        ),
        /** Why it cannot be cut. */
        error: z.string().nullable(),
      }),
    ),
  }),
  examples: {
    response: {
      files: [
        {
          file_name: 'guide.md',
          total_chunks: 1,
          preview_chunks: [{ content: 'Turn the key.', index: 0, char_count: 13 }],
          error: null,
        },
      ],
    },
  },
  errors: {
    400: 'More than 1000 files at once are not taken. Add them in parts.',
    413: 'The files are larger than 100MB.',
  },
})

export const testKnowledgeConnection = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/test-connection`,
  summary: 'Try the place knowledge bases are kept in',
  body: z.object({ backend_type: z.string().default('sqlite'), backend_config: z.looseObject({}).default({}) }),
  response: z.object({ ok: z.boolean(), message: z.string() }),
  examples: {
    body: { backend_type: 'sqlite' },
    response: { ok: true, message: 'Knowledge bases are kept on this server.' },
  },
})
