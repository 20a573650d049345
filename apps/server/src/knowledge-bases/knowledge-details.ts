import type { CollectionRecord } from '@runnel/storage/vectors/vector-records'
import { z } from 'zod'

const ColumnConfig = z.object({
  column_name: z.string(),
  vectorize: z.boolean().default(false),
  identifier: z.boolean().default(false),
})

const IngestFile = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  status: z.enum(['waiting', 'succeeded', 'failed', 'skipped']),
  chunks: z.number(),
  error: z.string().nullable(),
})
export type IngestFile = z.output<typeof IngestFile>

/** What is kept of one ingestion; times are epoch milliseconds. */
const IngestRun = z.object({
  id: z.string(),
  source_type: z.string(),
  source_name: z.string(),
  status: z.enum(['running', 'completed', 'failed', 'cancelled']),
  error_message: z.string().nullable(),
  total_items: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  skipped: z.number(),
  total_bytes: z.number(),
  chunks_created: z.number(),
  started_at: z.number(),
  finished_at: z.number().nullable(),
  user_metadata: z.record(z.string(), z.unknown()).default({}),
  files: z.array(IngestFile).default([]),
  /** Files that were not added are kept, by their place in `files`. */
  can_retry: z.boolean().default(false),
  chunk_size: z.number().default(1000),
  chunk_overlap: z.number().default(200),
  separator: z.string().default(''),
})
export type IngestRun = z.output<typeof IngestRun>

/** What a knowledge base or memory base keeps about itself, besides its chunks. */
const KnowledgeDetails = z.object({
  id: z.string(),
  embedding_provider: z.string().default(''),
  embedding_model: z.string().default(''),
  column_config: z.array(ColumnConfig).default([{ column_name: 'text', vectorize: true, identifier: true }]),
  chunk_size: z.number().default(1000),
  chunk_overlap: z.number().default(200),
  separator: z.string().default(''),
  source_types: z.array(z.string()).default([]),
  runs: z.array(IngestRun).default([]),
  /** The flow of a memory base. */
  flow_id: z.string().optional(),
})
export type KnowledgeDetails = z.output<typeof KnowledgeDetails>

/** @throws ZodError for details that none of our releases has written */
export const knowledgeDetails = ({ id, details }: Pick<CollectionRecord, 'id' | 'details'>): KnowledgeDetails =>
  KnowledgeDetails.parse({ id: String(id), ...JSON.parse(details) })

/** Details of a new one. */
export const newKnowledgeDetails = (given: z.input<typeof KnowledgeDetails>): KnowledgeDetails =>
  KnowledgeDetails.parse(given)
