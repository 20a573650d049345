import { createHash } from 'node:crypto'
import { addChunks, knowledgeEmbeddings } from '@runnel/components/shared/knowledge-ingest'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { RunContext } from '@runnel/sdk'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import type { Config } from '../config.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { VariableService } from '../variables/variable-service.ts'
import { collectionOf } from '../vectors/run-vectors.ts'
import { type Chunking, chunksOfText } from './chunking.ts'
import { type IngestRun, type KnowledgeDetails, knowledgeDetails } from './knowledge-details.ts'
import type { Knowledge } from './knowledge-service.ts'
import { type ReceivedDocument, textOf } from './receive-documents.ts'

export interface IngestionOptions {
  readonly vectorStore: VectorStore
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly config: Pick<Config, 'environment' | 'fallbackToEnvironment'>
  readonly lifecycle: Pick<Lifecycle, 'signal' | 'track'>
  readonly now: () => number
}

export interface IngestAsked {
  readonly documents: readonly ReceivedDocument[]
  readonly sourceName: string
  readonly chunking: Chunking
  /** Kept with every chunk. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** So many runs are remembered. */
const KEPT_RUNS = 100
const BATCH = 100

export type Ingestions = ReturnType<typeof createIngestions>

/** Adds files to knowledge bases, one upload at a time each, after the request that brought them was answered. */
export function createIngestions({ vectorStore, variables, config, lifecycle, now }: IngestionOptions) {
  const working = new Map<number, { readonly run: IngestRun; readonly abort: AbortController }>()

  const variablesOf = (userId: string): RunContext['variables'] => ({
    get: async (name) =>
      (await variables.storedValue(userId, name))?.value ||
      (config.fallbackToEnvironment ? config.environment(name) : undefined),
  })

  /** Changes what is kept of a knowledge base; nothing when it has been deleted meanwhile. */
  async function change(
    { record }: Knowledge,
    changes: (details: KnowledgeDetails) => Partial<KnowledgeDetails>,
  ): Promise<void> {
    const current = await vectorStore.find(record.owner, record.kind, record.name)
    if (current?.id !== record.id) return
    const details = knowledgeDetails(current)
    await vectorStore.describe(record.id, JSON.stringify({ ...details, ...changes(details) }))
  }

  async function work(knowledge: Knowledge, asked: IngestAsked, begun: IngestRun, signal: AbortSignal) {
    const { record, details } = knowledge
    let run = begun
    try {
      const embedding = { provider: details.embedding_provider, model: details.embedding_model }
      const embeddings = await knowledgeEmbeddings(embedding, undefined, { variables: variablesOf(record.owner) })
      const collection = collectionOf(vectorStore, async () => record)
      for (const document of asked.documents) {
        signal.throwIfAborted()
        try {
          const chunks = chunksOfText(await textOf(document), asked.chunking)
          const named = chunks.map((text, index) => ({
            key: keyOf(document.name, index, text),
            text,
            metadata: {
              ...asked.metadata,
              source: document.name,
              source_name: asked.sourceName || document.name,
              chunk_index: index,
              total_chunks: chunks.length,
              job_id: run.id,
            },
          }))
          const options = { collection, embeddings, allowDuplicates: false, batchSize: BATCH }
          const { added } = await addChunks(named, options, signal)
          const isNew = added > 0 || chunks.length === 0
          run = {
            ...run,
            succeeded: run.succeeded + (isNew ? 1 : 0),
            skipped: run.skipped + (isNew ? 0 : 1),
            chunks_created: run.chunks_created + added,
          }
        } catch (error) {
          signal.throwIfAborted()
          if (!(error instanceof AppError)) throw error
          run = { ...run, failed: run.failed + 1, error_message: `${document.name}: ${messageOf(error)}` }
        }
      }
      run = { ...run, status: run.failed === run.total_items ? 'failed' : 'completed' }
    } catch (error) {
      run = signal.aborted
        ? { ...run, status: 'cancelled', error_message: 'Cancelled.' }
        : { ...run, status: 'failed', error_message: messageOf(error) }
    }
    const ended = { ...run, finished_at: now() }
    try {
      await change(knowledge, ({ runs }) => ({ runs: runs.map((one) => (one.id === ended.id ? ended : one)) }))
    } finally {
      // Only now: who sees that nobody works finds how it ended.
      working.delete(record.id)
    }
  }

  return {
    isWorking: (id: number): boolean => working.has(id),

    /** Begins; the run goes on by itself. @throws AppError `knowledge_base_busy` */
    async begin(knowledge: Knowledge, asked: IngestAsked): Promise<IngestRun> {
      const { record } = knowledge
      if (working.has(record.id)) throw new AppError('knowledge_base_busy', [record.name])
      const { documents, sourceName, chunking, metadata } = asked
      const [first] = documents
      const run: IngestRun = {
        id: newId(),
        source_type: 'file',
        source_name: sourceName || (documents.length === 1 ? (first?.name ?? '') : `${documents.length} files`),
        status: 'running',
        error_message: null,
        total_items: documents.length,
        succeeded: 0,
        failed: 0,
        skipped: 0,
        total_bytes: documents.reduce((sum, { bytes }) => sum + bytes.length, 0),
        chunks_created: 0,
        started_at: now(),
        finished_at: null,
        user_metadata: metadata,
      }
      const abort = new AbortController()
      working.set(record.id, { run, abort })
      await change(knowledge, ({ runs, source_types }) => ({
        runs: [run, ...runs].slice(0, KEPT_RUNS),
        source_types: [...new Set([...source_types, 'file'])],
        chunk_size: chunking.size,
        chunk_overlap: chunking.overlap,
        separator: chunking.separator,
      }))
      void lifecycle.track(work(knowledge, asked, run, AbortSignal.any([abort.signal, lifecycle.signal])))
      return run
    },

    /** Answers whether something was being added. */
    cancel(id: number): boolean {
      const found = working.get(id)
      found?.abort.abort(new AppError('interrupted', ['Cancelled.']))
      return found !== undefined
    },
  }
}

const keyOf = (name: string, index: number, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([name, index, text]))
    .digest('hex')
