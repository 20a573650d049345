import { AppError } from '@runnel/protocol/errors'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import type { Lifecycle } from '../lifecycle.ts'
import type { FailedDocuments } from './failed-documents.ts'
import { type IngestRun, type KnowledgeDetails, knowledgeDetails } from './knowledge-details.ts'
import type { Knowledge } from './knowledge-service.ts'

export interface KnowledgeJobsOptions {
  readonly vectorStore: Pick<VectorStore, 'find' | 'describe'>
  readonly failedDocuments: FailedDocuments
  readonly lifecycle: Pick<Lifecycle, 'signal' | 'track'>
}

/** What a job is handed. */
export interface Job {
  readonly signal: AbortSignal
  /** Says how far it is. */
  readonly show: (run: IngestRun) => void
}

export interface NewJob {
  readonly run: IngestRun
  /** What else is kept of the base from now on. */
  readonly changes?: (details: KnowledgeDetails) => Partial<KnowledgeDetails>
  /** Writes itself how it ended; goes on after the request that wanted it was answered. */
  readonly work: (job: Job) => Promise<void>
}

/** So many runs are remembered. */
const KEPT_RUNS = 100

export type KnowledgeJobs = ReturnType<typeof createKnowledgeJobs>

/** Long work on knowledge bases, one piece at a time for each. */
export function createKnowledgeJobs({ vectorStore, failedDocuments, lifecycle }: KnowledgeJobsOptions) {
  const working = new Map<number, { run: IngestRun; readonly abort: AbortController }>()

  /** Changes what is kept of a knowledge base; false when it has been deleted meanwhile. */
  async function change(
    { record }: Knowledge,
    changes: (details: KnowledgeDetails) => Partial<KnowledgeDetails>,
  ): Promise<boolean> {
    const current = await vectorStore.find(record.owner, record.kind, record.name)
    if (current?.id !== record.id) return false
    const details = knowledgeDetails(current)
    await vectorStore.describe(record.id, JSON.stringify({ ...details, ...changes(details) }))
    return true
  }

  return {
    change,

    /** Keeps a run as it is now; false when the base has been deleted meanwhile. */
    keep: (knowledge: Knowledge, run: IngestRun): Promise<boolean> =>
      change(knowledge, ({ runs }) => ({ runs: withRun(runs, run) })),

    /** @throws AppError `knowledge_base_busy` */
    async begin(knowledge: Knowledge, { run, changes, work }: NewJob): Promise<IngestRun> {
      const { record } = knowledge
      if (working.has(record.id)) throw new AppError('knowledge_base_busy', [record.name])
      const abort = new AbortController()
      working.set(record.id, { run, abort })
      const forgotten: string[] = []
      try {
        await change(knowledge, (details) => {
          forgotten.push(...details.runs.slice(KEPT_RUNS - 1).map(({ id }) => id))
          return { ...changes?.(details), runs: [run, ...details.runs].slice(0, KEPT_RUNS) }
        })
        for (const id of forgotten) await failedDocuments.forget(id)
      } catch (error) {
        working.delete(record.id)
        throw error
      }
      const show = (next: IngestRun): void => {
        const seen = working.get(record.id)
        if (seen) seen.run = next
      }
      const signal = AbortSignal.any([abort.signal, lifecycle.signal])
      // Only when it has written its end: who sees that nobody works finds how it ended.
      void lifecycle.track(work({ signal, show }).finally(() => working.delete(record.id)))
      return run
    },

    /** @throws AppError `knowledge_base_busy` */
    checkIdle({ record }: Knowledge): void {
      if (working.has(record.id)) throw new AppError('knowledge_base_busy', [record.name])
    },

    isWorking: (id: number): boolean => working.has(id),

    /** The run that goes on, as far as it is. */
    current: (id: number): IngestRun | undefined => working.get(id)?.run,

    /** Answers whether something was going on. */
    cancel(id: number): boolean {
      const found = working.get(id)
      found?.abort.abort(new AppError('interrupted', ['Cancelled.']))
      return found !== undefined
    },
  }
}

/** The runs, with one of them as it is now. */
export const withRun = (runs: readonly IngestRun[], run: IngestRun): IngestRun[] =>
  runs.map((one) => (one.id === run.id ? run : one))
