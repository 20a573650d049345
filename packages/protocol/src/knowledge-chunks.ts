import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { knowledgeEndpoint, knowledgeErrors, knowledgeParams, knowledgePath } from './knowledge-base-path.ts'

export const listKnowledgeChunks = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/:kb_name/chunks`,
  summary:
    'List what a knowledge base holds; `search` is a part of the text, `key` and `value` an entry of the metadata',
  params: knowledgeParams,
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
  errors: knowledgeErrors,
})

export const listKnowledgeMetadata = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/:kb_name/metadata/keys`,
  summary: 'List what is kept with the texts: names, and some values of each',
  params: knowledgeParams,
  response: z.object({ keys: z.array(z.object({ key: z.string(), values: z.array(z.string()) })) }),
  examples: { response: { keys: [{ key: 'source', values: ['guide.pdf'] }] } },
  errors: knowledgeErrors,
})

export const searchKnowledgeBase = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/search`,
  summary: 'Find texts of a knowledge base as flows do, with how near each is',
  params: knowledgeParams,
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
  errors: knowledgeErrors,
})

export const updateKnowledgeChunk = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'PATCH',
  path: `${knowledgePath}/:kb_name/chunks/:chunk_id`,
  summary: 'Change a text, or what is kept with it; it is embedded anew at once',
  params: knowledgeParams.extend({ chunk_id: z.string().max(255) }),
  body: z.object({
    content: z.string().trim().min(1).max(100_000).optional(),
    metadata: z.record(z.string().max(255), z.unknown()).optional(),
  }),
  status: 204,
  response: z.undefined(),
  examples: { body: { content: 'Turn the key to the right.', metadata: { source: 'guide.pdf' } } },
  errors: knowledgeErrors,
})

export const deleteKnowledgeChunks = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'DELETE',
  path: `${knowledgePath}/:kb_name/chunks`,
  audit: 'knowledge_base.delete_chunks',
  summary: 'Take texts out of a knowledge base',
  params: knowledgeParams,
  body: z.object({ chunk_ids: z.array(z.string().max(255)).max(1000) }),
  response: z.object({ deleted: z.number().int() }),
  examples: { body: { chunk_ids: ['a1b2'] }, response: { deleted: 1 } },
  errors: knowledgeErrors,
})

export const previewChunks = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/preview-chunks`,
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
