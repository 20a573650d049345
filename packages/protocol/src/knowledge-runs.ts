import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { knowledgeEndpoint, knowledgeErrors, knowledgeParams, knowledgePath } from './knowledge-base-path.ts'

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
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/ingest`,
  summary: 'Add the files of the parts `files`, cut into chunks; the work goes on after the answer',
  params: knowledgeParams,
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
    ...knowledgeErrors,
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
    413: 'The files are larger than 100MB.',
  },
})

export const ingestFolder = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/ingest/folder`,
  summary: 'Refused: folders of the server are not read',
  params: knowledgeParams,
  response: z.never(),
  errors: { 400: 'Folders of the server are not read. Upload the files.', 404: knowledgeErrors[404] },
})

export const ingestConnector = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/ingest/connector`,
  summary: 'Refused: there are no connectors',
  params: knowledgeParams,
  response: z.never(),
  errors: { 400: 'There are no connectors. Upload the files.', 404: knowledgeErrors[404] },
})

export const listConnectors = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/connectors`,
  summary: 'List what knowledge bases can be filled from besides files; there is nothing',
  response: z.array(z.looseObject({})),
  examples: { response: [] },
})

export const cancelIngestion = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/cancel`,
  summary: 'End the adding of files; what was added stays',
  params: knowledgeParams,
  response: z.object({ message: z.string() }),
  examples: { response: { message: 'Cancelled.' } },
  errors: { ...knowledgeErrors, 409: "Nothing is being added to 'manuals'." },
})

export const listKnowledgeRuns = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/:kb_name/runs`,
  summary: 'List when files were added, newest first',
  params: knowledgeParams,
  response: z.array(KnowledgeRunRead),
  examples: { response: [exampleRun] },
  errors: knowledgeErrors,
})

export const readKnowledgeRun = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'GET',
  path: `${knowledgePath}/:kb_name/runs/:run_id`,
  summary: 'Read how the adding of files went',
  params: knowledgeParams.extend({ run_id: z.string().max(255) }),
  response: KnowledgeRunRead,
  examples: { response: exampleRun },
  errors: knowledgeErrors,
})

export const retryKnowledgeRun = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/runs/:run_id/retry`,
  summary: 'Add the files again that could not be added, cut as before; the work goes on after the answer',
  params: knowledgeParams.extend({ run_id: z.string().max(255) }),
  status: 202,
  response: KnowledgeRunRead,
  examples: {
    response: { ...exampleRun, status: 'running', succeeded: 0, chunks_created: 0, finished_at: null, files: [] },
  },
  errors: {
    ...knowledgeErrors,
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
  },
})

export const reEmbedKnowledgeBase = defineEndpoint({
  ...knowledgeEndpoint,
  method: 'POST',
  path: `${knowledgePath}/:kb_name/re-embed`,
  audit: 'knowledge_base.re_embed',
  summary: 'Embed what it holds with another model; flows search the old index until the new one is whole',
  params: knowledgeParams,
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
    ...knowledgeErrors,
    400: 'Unknown provider: Nobody',
    409: "Files are being added to 'manuals' already. Wait, or cancel it.",
  },
})
