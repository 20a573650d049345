import { createHash } from 'node:crypto'
import { addChunks } from '@runnel/components/shared/knowledge-ingest'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Embeddings } from '@runnel/sdk'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import { collectionOf } from '../vectors/run-vectors.ts'
import { type Chunking, chunksOfText } from './chunking.ts'
import type { FailedDocuments } from './failed-documents.ts'
import type { IngestFile, IngestRun } from './knowledge-details.ts'
import type { Job, KnowledgeJobs } from './knowledge-jobs.ts'
import type { Knowledge } from './knowledge-service.ts'
import type { KnowledgeTexts } from './knowledge-texts.ts'
import { type ReceivedDocument, textOf } from './receive-documents.ts'

export interface IngestionOptions {
  readonly vectorStore: VectorStore
  readonly texts: Pick<KnowledgeTexts, 'embeddingsOf'>
  readonly failedDocuments: FailedDocuments
  readonly jobs: KnowledgeJobs
  readonly now: () => number
}

export interface IngestAsked {
  readonly documents: readonly ReceivedDocument[]
  readonly sourceName: string
  readonly chunking: Chunking
  /** Kept with every chunk. */
  readonly metadata: Readonly<Record<string, unknown>>
}

const BATCH = 100

export type Ingestions = ReturnType<typeof createIngestions>

/** Adds files to knowledge bases, one upload at a time each, after the request that brought them was answered. */
export function createIngestions({ vectorStore, texts, failedDocuments, jobs, now }: IngestionOptions) {
  /** What became of one file. @throws what is no fault of the file */
  async function addFile(
    { record }: Knowledge,
    document: ReceivedDocument,
    asked: IngestAsked,
    jobId: string,
    embeddings: Embeddings,
    signal: AbortSignal,
  ): Promise<Pick<IngestFile, 'status' | 'chunks' | 'error'>> {
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
          job_id: jobId,
        },
      }))
      const collection = collectionOf(vectorStore, async () => record)
      const options = { collection, embeddings, allowDuplicates: false, batchSize: BATCH }
      const { added } = await addChunks(named, options, signal)
      const isNew = added > 0 || chunks.length === 0
      return { status: isNew ? 'succeeded' : 'skipped', chunks: added, error: null }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      return { status: 'failed', chunks: 0, error: messageOf(error) }
    }
  }

  async function work(knowledge: Knowledge, asked: IngestAsked, begun: IngestRun, { signal, show: tell }: Job) {
    let run = begun
    const show = (next: IngestRun): void => {
      run = next
      tell(next)
    }
    try {
      const embeddings = await texts.embeddingsOf(knowledge)
      for (const [place, document] of asked.documents.entries()) {
        signal.throwIfAborted()
        const file = await addFile(knowledge, document, asked, run.id, embeddings, signal)
        show(withFile(run, place, file))
      }
      // How it ended is seen when it is kept, with what can be tried again: who looks earlier looks again.
      run = { ...run, status: run.failed === run.total_items ? 'failed' : 'completed' }
    } catch (error) {
      run = signal.aborted
        ? { ...run, status: 'cancelled', error_message: 'Cancelled.' }
        : { ...run, status: 'failed', error_message: messageOf(error) }
    }
    const left = asked.documents.flatMap((document, place) =>
      isLeft(run.files[place]) ? [[place, document] as const] : [],
    )
    await failedDocuments.keep(run.id, left)
    const isThere = await jobs.keep(knowledge, { ...run, can_retry: left.length > 0, finished_at: now() })
    if (!isThere) await failedDocuments.forget(run.id)
  }

  /** Begins; the run goes on by itself. @throws AppError `knowledge_base_busy` */
  async function begin(knowledge: Knowledge, asked: IngestAsked): Promise<IngestRun> {
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
      files: documents.map(({ name, bytes }) => ({
        name,
        size: bytes.length,
        status: 'waiting',
        chunks: 0,
        error: null,
      })),
      can_retry: false,
      chunk_size: chunking.size,
      chunk_overlap: chunking.overlap,
      separator: chunking.separator,
    }
    return jobs.begin(knowledge, {
      run,
      changes: ({ source_types }) => ({
        source_types: [...new Set([...source_types, 'file'])],
        chunk_size: chunking.size,
        chunk_overlap: chunking.overlap,
        separator: chunking.separator,
      }),
      work: (job) => work(knowledge, asked, run, job),
    })
  }

  return {
    begin,

    /** Adds the files of a run again that it could not add. @throws AppError `knowledge_base_busy`, `not_found` */
    async retry(knowledge: Knowledge, runId: string): Promise<IngestRun> {
      const run = knowledge.details.runs.find(({ id }) => id === runId)
      if (!run?.can_retry) throw new AppError('not_found')
      jobs.checkIdle(knowledge)
      const documents: ReceivedDocument[] = []
      for (const [place, file] of run.files.entries()) {
        if (isLeft(file)) documents.push({ name: file.name, bytes: await failedDocuments.read(runId, place) })
      }
      const { chunk_size: size, chunk_overlap: overlap, separator, user_metadata: metadata } = run
      const begun = await begin(knowledge, {
        documents,
        sourceName: '',
        chunking: { size, overlap, separator },
        metadata,
      })
      await jobs.keep(knowledge, { ...run, can_retry: false })
      await failedDocuments.forget(runId)
      return begun
    },

    /** Forgets the files that were kept for bases that are gone. */
    async forget(gone: Knowledge): Promise<void> {
      for (const { id, can_retry } of gone.details.runs) if (can_retry) await failedDocuments.forget(id)
    },
  }
}

const isLeft = (file: IngestFile | undefined): boolean => file?.status === 'failed' || file?.status === 'waiting'

/** The run, after one of its files. */
function withFile(run: IngestRun, place: number, file: Pick<IngestFile, 'status' | 'chunks' | 'error'>): IngestRun {
  const { status, chunks, error } = file
  const one = (wanted: IngestFile['status']) => (status === wanted ? 1 : 0)
  return {
    ...run,
    succeeded: run.succeeded + one('succeeded'),
    failed: run.failed + one('failed'),
    skipped: run.skipped + one('skipped'),
    chunks_created: run.chunks_created + chunks,
    error_message: error === null ? run.error_message : `${run.files[place]?.name}: ${error}`,
    files: run.files.map((before, at) => (at === place ? { ...before, ...file } : before)),
  }
}

const keyOf = (name: string, index: number, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([name, index, text]))
    .digest('hex')
