import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import type { Lifecycle } from '../lifecycle.ts'
import { type IngestRun, knowledgeDetails } from './knowledge-details.ts'
import { type Job, type KnowledgeJobs, withRun } from './knowledge-jobs.ts'
import { type Knowledge, type KnowledgeService, removeDraft } from './knowledge-service.ts'
import type { EmbeddingName, KnowledgeTexts } from './knowledge-texts.ts'

export interface ReEmbeddingOptions {
  readonly vectorStore: VectorStore
  readonly knowledge: Pick<KnowledgeService, 'embeddingNamed'>
  readonly texts: Pick<KnowledgeTexts, 'embeddingsWith'>
  readonly jobs: KnowledgeJobs
  readonly lifecycle: Pick<Lifecycle, 'signal'>
  readonly now: () => number
}

/** Chunks read at a time, and texts embedded at a time. */
const PAGE = 1000
const BATCH = 100

export type ReEmbeddings = ReturnType<typeof createReEmbeddings>

/**
 * Embeds what a knowledge base holds with another model. The texts go to a draft beside it, and flows search the base
 * as it was until the draft is whole and takes its place. One that failed goes on where it stopped.
 */
export function createReEmbeddings({ vectorStore, knowledge, texts, jobs, lifecycle, now }: ReEmbeddingOptions) {
  /** The draft for a model, as far as an earlier one has come. */
  async function draftOf({ record }: Knowledge, embedding: EmbeddingName) {
    const details = JSON.stringify(embedding)
    const found = await vectorStore.find(record.owner, 'draft', String(record.id))
    if (found?.details === details) return found
    if (found) await vectorStore.remove(found.id)
    const made = await vectorStore.create(record.owner, 'draft', String(record.id), details)
    if (!made) throw new AppError('knowledge_base_busy', [record.name])
    return made
  }

  /** Brings the draft up to what the base holds, and puts it in its place. */
  async function fill(base: Knowledge, embedding: EmbeddingName, begun: IngestRun, { signal, show }: Job) {
    const { record } = base
    const embeddings = await texts.embeddingsWith(record.owner, embedding)
    const draft = await draftOf(base, embedding)
    let run = begun
    const tell = (done: number): void => {
      const total_items = Math.max(run.total_items, done)
      run = { ...run, total_items, succeeded: done, chunks_created: done }
      show(run)
    }
    tell(draft.chunks)
    for (;;) {
      signal.throwIfAborted()
      const chunks = await vectorStore.lacking(draft.id, record.id, PAGE)
      for (let at = 0; at < chunks.length; at += BATCH) {
        const batch = chunks.slice(at, at + BATCH)
        const vectors = await embeddings.embed(
          batch.map(({ text }) => text),
          signal,
        )
        await vectorStore.removeKeys(
          draft.id,
          batch.map(({ key }) => key),
        )
        await vectorStore.add(
          draft.id,
          batch.map((chunk, index) => ({ ...chunk, vector: vectors[index] ?? [] })),
        )
        tell(run.succeeded + batch.length)
      }
      if (chunks.length > 0) continue
      const current = await vectorStore.find(record.owner, record.kind, record.name)
      if (current?.id !== record.id) throw new AppError('knowledge_base_not_found', [record.name])
      const details = knowledgeDetails(current)
      const ended: IngestRun = { ...run, status: 'completed', finished_at: now() }
      const next = {
        ...details,
        embedding_provider: embedding.provider,
        embedding_model: embedding.model,
        runs: withRun(details.runs, ended),
      }
      // What a flow has added meanwhile is embedded first.
      if (await vectorStore.takePlace(draft.id, record.id, JSON.stringify(next))) return
    }
  }

  async function work(base: Knowledge, embedding: EmbeddingName, run: IngestRun, job: Job): Promise<void> {
    let last = run
    const show = (next: IngestRun): void => {
      last = next
      job.show(next)
    }
    try {
      await fill(base, embedding, run, { ...job, show })
    } catch (error) {
      const isStopped = job.signal.aborted
      // Of a server that stops, and of a provider that is away, the draft is kept to go on with.
      if (isStopped && !lifecycle.signal.aborted) await removeDraft(vectorStore, base.record)
      const status = isStopped ? 'cancelled' : 'failed'
      const error_message = isStopped ? 'Cancelled.' : messageOf(error)
      const isThere = await jobs.keep(base, { ...last, status, error_message, finished_at: now() })
      if (!isThere) await removeDraft(vectorStore, base.record)
    }
  }

  return {
    /**
     * Begins; it goes on by itself.
     * @throws AppError `knowledge_base_busy`, 400 for an unknown provider, `invalid_field` without its key
     */
    async begin(base: Knowledge, asked: EmbeddingName): Promise<IngestRun> {
      const embedding = knowledge.embeddingNamed(asked)
      await texts.embeddingsWith(base.record.owner, embedding)
      const { chunk_size, chunk_overlap, separator, embedding_model } = base.details
      const run: IngestRun = {
        id: newId(),
        source_type: 're-embedding',
        source_name: `${embedding_model} → ${embedding.model}`,
        status: 'running',
        error_message: null,
        total_items: base.record.chunks,
        succeeded: 0,
        failed: 0,
        skipped: 0,
        total_bytes: base.record.bytes,
        chunks_created: 0,
        started_at: now(),
        finished_at: null,
        user_metadata: {},
        files: [],
        can_retry: false,
        chunk_size,
        chunk_overlap,
        separator,
      }
      return jobs.begin(base, { run, work: (job) => work(base, embedding, run, job) })
    },
  }
}
