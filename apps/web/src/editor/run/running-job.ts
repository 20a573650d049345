/** The build this tab was following, so that the page finds it again after a reload. */
export interface RunningJob {
  readonly jobId: string
  /** Epoch milliseconds. */
  readonly startedAt: number
}

/** Where a tab keeps it. */
export type JobShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (flowId: string): string => `runnel.run.${flowId}`

/** What of a flow was running when the page was left. */
export function rememberedJob(shelf: JobShelf, flowId: string): RunningJob | undefined {
  try {
    const value: unknown = JSON.parse(shelf.getItem(keyOf(flowId)) ?? 'null')
    if (typeof value !== 'object' || value === null || !('jobId' in value) || !('startedAt' in value)) return undefined
    const { jobId, startedAt } = value
    return typeof jobId === 'string' && typeof startedAt === 'number' ? { jobId, startedAt } : undefined
  } catch {
    return undefined
  }
}

/** @param job undefined: nothing runs any more */
export function rememberJob(shelf: JobShelf, flowId: string, job: RunningJob | undefined): void {
  if (job) shelf.setItem(keyOf(flowId), JSON.stringify(job))
  else shelf.removeItem(keyOf(flowId))
}
