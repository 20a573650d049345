import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { knowledgeEndpoint, knowledgeErrors, knowledgeParams, knowledgePath } from './knowledge-base-path.ts'

const common = {
  ...knowledgeEndpoint,
  path: `${knowledgePath}/:kb_name/sources`,
  params: knowledgeParams,
  errors: knowledgeErrors,
} as const

const KnowledgeSource = z.object({
  /** The file; null for texts that keep none. */
  source: z.string().nullable(),
  chunks: z.number().int(),
  characters: z.number().int(),
})
export type KnowledgeSource = z.output<typeof KnowledgeSource>

export const listKnowledgeSources = defineEndpoint({
  ...common,
  method: 'GET',
  summary: 'List the files the texts of a knowledge base come from, with how much is of each',
  response: z.array(KnowledgeSource),
  examples: { response: [{ source: 'guide.pdf', chunks: 8, characters: 5120 }] },
})

export const deleteKnowledgeSources = defineEndpoint({
  ...common,
  method: 'DELETE',
  audit: 'knowledge_base.delete_chunks',
  summary: 'Take all that comes from these files out of a knowledge base',
  body: z.object({ sources: z.array(z.string().max(1000)).min(1).max(1000) }),
  response: z.object({ deleted: z.number().int() }),
  examples: { body: { sources: ['guide.pdf'] }, response: { deleted: 8 } },
})
