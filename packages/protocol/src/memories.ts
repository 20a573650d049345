import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleJobId, exampleSessionId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { PageNumber, PageSize, pageOf } from './query.ts'

const common = { tag: 'Memory bases', access: 'user' } as const
const path = '/api/v1/memories'
const params = z.object({ memory_id: Uuid })
const notFound = { 404: 'Memory base not found' }
const paged = { page: PageNumber.default(1), size: PageSize.default(50) }

/** What the model that reads messages before they are kept is told. */
const preprocessing = {
  preprocessing: z.boolean().default(false),
  preproc_model: z.unknown().optional(),
  preproc_instructions: z.string().max(20_000).nullish(),
  /** An answer with this phrase keeps nothing. */
  preproc_kill_phrase: z.string().max(200).nullish(),
}

export const MemoryRead = z.object({
  id: z.string(),
  name: z.string(),
  flow_id: z.string(),
  /** So many runs of a session are waited for before its messages are kept. */
  threshold: z.number().int(),
  auto_capture: z.boolean(),
  embedding_provider: z.string(),
  embedding_model: z.string(),
  preprocessing: z.boolean(),
  preproc_model: z.unknown(),
  preproc_instructions: z.string().nullable(),
  preproc_kill_phrase: z.string().nullable(),
  backend_type: z.literal('sqlite'),
  backend_config: z.looseObject({}),
  chunks: z.number().int(),
  words: z.number().int(),
  characters: z.number().int(),
  size: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type MemoryRead = z.output<typeof MemoryRead>

const example = {
  id: '5d1c7a52-5f4e-4d6b-a2f7-2b7c0f5f4f0a',
  name: 'chats',
  flow_id: exampleFlowId,
  threshold: 50,
  auto_capture: true,
  embedding_provider: 'OpenAI',
  embedding_model: 'text-embedding-3-small',
  preprocessing: false,
  preproc_model: null,
  preproc_instructions: null,
  preproc_kill_phrase: null,
  backend_type: 'sqlite',
  backend_config: {},
  chunks: 0,
  words: 0,
  characters: 0,
  size: 0,
  created_at: '2026-01-05T17:59:07.855000',
  updated_at: '2026-01-05T17:59:07.855000',
} as const

export const listMemories = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'List your memory bases',
  query: z.object({ flow_id: Uuid.optional(), ...paged }),
  response: pageOf(MemoryRead),
  examples: { response: { items: [example], total: 1, page: 1, size: 50, pages: 1 } },
})

export const createMemory = defineEndpoint({
  ...common,
  method: 'POST',
  path,
  summary: 'Make a memory base of the chats of a flow',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    flow_id: Uuid,
    threshold: z.number().int().min(1).max(10_000).default(50),
    auto_capture: z.boolean().default(true),
    embedding_model: z.string().min(1).max(255),
    embedding_provider: z.string().max(255).nullish(),
    ...preprocessing,
    backend_type: z.string().default('sqlite'),
    backend_config: z.looseObject({}).default({}),
  }),
  status: 201,
  response: MemoryRead,
  examples: {
    body: { name: 'chats', flow_id: exampleFlowId, embedding_model: 'text-embedding-3-small' },
    response: example,
  },
  errors: { 400: 'Unknown provider: Nobody', 404: 'Flow not found', 409: "Memory base 'chats' already exists" },
})

export const readMemory = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:memory_id`,
  summary: 'Read one of your memory bases',
  params,
  response: MemoryRead,
  examples: { response: example },
  errors: notFound,
})

export const updateMemory = defineEndpoint({
  ...common,
  method: 'PATCH',
  path: `${path}/:memory_id`,
  summary: 'Change when and how a memory base keeps messages',
  params,
  body: z.object({
    threshold: z.number().int().min(1).max(10_000).optional(),
    auto_capture: z.boolean().optional(),
    preprocessing: z.boolean().optional(),
    preproc_model: z.unknown().optional(),
    preproc_instructions: z.string().max(20_000).nullish(),
    preproc_kill_phrase: z.string().max(200).nullish(),
  }),
  response: MemoryRead,
  examples: { body: { auto_capture: false }, response: { ...example, auto_capture: false } },
  errors: notFound,
})

export const deleteMemory = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: `${path}/:memory_id`,
  summary: 'Delete one of your memory bases with all it holds',
  params,
  response: z.object({ message: z.string() }),
  examples: { response: { message: "Memory base 'chats' deleted successfully" } },
  errors: notFound,
})

export const listMemorySessions = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:memory_id/sessions`,
  summary: 'List the sessions a memory base knows, and how many of their runs it has yet to keep',
  params,
  query: z.object(paged),
  response: pageOf(z.object({ session_id: z.string(), pending_runs: z.number().int() })),
  examples: {
    response: { items: [{ session_id: exampleSessionId, pending_runs: 3 }], total: 1, page: 1, size: 50, pages: 1 },
  },
  errors: notFound,
})

export const listMemoryMessages = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:memory_id/messages`,
  summary: 'List what a memory base holds, of one session or of all',
  params,
  query: z.object({ session_id: z.string().optional(), ...paged }),
  response: pageOf(z.object({ id: z.string(), content: z.string(), metadata: z.looseObject({}) })),
  examples: {
    response: {
      items: [{ id: 'a1b2', content: 'I like tea.', metadata: { session_id: exampleSessionId, sender: 'User' } }],
      total: 1,
      page: 1,
      size: 50,
      pages: 1,
    },
  },
  errors: notFound,
})

export const readMemoryMismatch = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${path}/:memory_id/mismatch`,
  summary: 'Whether sessions the flow has are not in the memory base yet',
  params,
  response: z.object({ mismatch_detected: z.boolean() }),
  examples: { response: { mismatch_detected: false } },
  errors: notFound,
})

export const flushMemory = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:memory_id/flush`,
  summary: 'Keep the messages of a session now; the work goes on after the answer',
  params,
  body: z.object({ session_id: z.string().min(1) }),
  status: 202,
  response: z.object({ job_id: z.string() }),
  examples: { body: { session_id: exampleSessionId }, response: { job_id: exampleJobId } },
  errors: notFound,
})

export const regenerateMemory = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:memory_id/regenerate`,
  summary: 'Forget everything and keep the messages of all sessions anew; the work goes on after the answer',
  params,
  status: 202,
  response: z.object({ job_ids: z.array(z.string()) }),
  examples: { response: { job_ids: [exampleJobId] } },
  errors: notFound,
})
