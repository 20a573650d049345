import type { CollectionRecord } from '@runnel/storage/vectors/vector-records'
import { z } from 'zod'

/** What a memory base keeps about itself, besides its chunks. */
const MemoryDetails = z.object({
  id: z.string(),
  flow_id: z.string(),
  embedding_provider: z.string(),
  embedding_model: z.string(),
  threshold: z.number(),
  auto_capture: z.boolean(),
  preprocessing: z.boolean(),
  preproc_model: z.unknown(),
  preproc_instructions: z.string().nullable(),
  preproc_kill_phrase: z.string().nullable(),
  /** Runs by session that have ended since its messages were kept. */
  pending: z.record(z.string(), z.number()).default({}),
})
export type MemoryDetails = z.output<typeof MemoryDetails>

export interface Memory {
  readonly record: CollectionRecord
  readonly details: MemoryDetails
}

/** @throws ZodError for details that none of our releases has written */
export const memoryOf = (record: CollectionRecord): Memory => ({
  record,
  details: MemoryDetails.parse(JSON.parse(record.details)),
})
