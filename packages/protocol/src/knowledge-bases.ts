import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { knowledgeEndpoint, knowledgeErrors, knowledgeParams, knowledgePath } from './knowledge-base-path.ts'

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
  ...knowledgeEndpoint,
  method: 'GET',
  path: knowledgePath,
  summary: 'List your knowledge bases',
  response: z.array(KnowledgeBaseRead),
  examples: { response: [example] },
})

export const createKnowledgeBase = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: knowledgePath,
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
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/:kb_name`,
  summary: 'Read one of your knowledge bases',
  params: knowledgeParams,
  response: KnowledgeBaseRead,
  examples: { response: example },
  errors: knowledgeErrors,
})

export const deleteKnowledgeBase = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'DELETE',
  path: `${knowledgePath}/:kb_name`,
  audit: 'knowledge_base.delete',
  summary: 'Delete one of your knowledge bases with all it holds',
  params: knowledgeParams,
  response: z.object({ message: z.string() }),
  examples: { response: { message: "Knowledge base 'manuals' deleted successfully" } },
  errors: knowledgeErrors,
})

export const deleteKnowledgeBases = defineEndpoint({
  ...knowledgeEndpoint,
  audit: 'knowledge_base.delete',
  method: 'DELETE',
  path: knowledgePath,
  summary: 'Delete several of your knowledge bases',
  body: z.object({ kb_names: z.array(z.string().max(255)).max(1000) }),
  response: z.object({ message: z.string(), deleted_count: z.number().int(), not_found: z.string().optional() }),
  examples: {
    body: { kb_names: ['manuals', 'letters'] },
    response: { message: 'Successfully deleted 2 knowledge base(s)', deleted_count: 2 },
  },
  errors: { 400: knowledgeErrors[400], 404: 'Knowledge bases not found: letters, manuals' },
})

export const testKnowledgeConnection = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/test-connection`,
  summary: 'Try the place knowledge bases are kept in',
  body: z.object({ backend_type: z.string().default('sqlite'), backend_config: z.looseObject({}).default({}) }),
  response: z.object({ ok: z.boolean(), message: z.string() }),
  examples: {
    body: { backend_type: 'sqlite' },
    response: { ok: true, message: 'Knowledge bases are kept on this server.' },
  },
})
