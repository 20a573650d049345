import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const common = { tag: 'Knowledge bases', access: 'user' } as const
const path = '/api/v1/knowledge_bases'
const params = z.object({ kb_name: z.string().max(255) })
const errors = { 400: 'The name is no simple name', 404: "Knowledge base 'manuals' not found" }

export const KnowledgeBaseRead = z.object({
  id: z.string(),
  name: z.string(),
  embedding_provider: z.string(),
  embedding_model: z.string(),
  /** Bytes. */
  size: z.number().int(),
  words: z.number().int(),
  characters: z.number().int(),
  chunks: z.number().int(),
  avg_chunk_size: z.number(),
})

export const listKnowledgeBases = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'List your knowledge bases; nothing makes any yet',
  response: z.array(KnowledgeBaseRead),
  examples: { response: [] },
})

export const readKnowledgeBase = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:kb_name`,
  summary: 'Read one of your knowledge bases',
  params,
  response: z.never(),
  errors,
})

export const deleteKnowledgeBase = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: `${path}/:kb_name`,
  summary: 'Delete one of your knowledge bases',
  params,
  response: z.never(),
  errors,
})

export const deleteKnowledgeBases = defineEndpoint({
  ...common,
  method: 'DELETE',
  path,
  summary: 'Delete several of your knowledge bases',
  body: z.object({ kb_names: z.array(z.string().max(255)).max(1000) }),
  response: z.never(),
  examples: { body: { kb_names: ['manuals', 'letters'] } },
  errors: { 400: errors[400], 404: 'Knowledge bases not found: letters, manuals' },
})
