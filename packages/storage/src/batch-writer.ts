import { AppError } from '@runnel/protocol/errors'
import type { KeyUse } from './dialect/engine.ts'
import type { RunBatch } from './run-records.ts'

const FLUSH_KEY_USES_MS = 1000
/** More wait for the next transaction, which is made while the disk gets this one. */
const LARGEST_GROUP = 32
/** How long a group may go on growing, in milliseconds. */
const LONGEST_GATHERING_MS = 3
/** How long the rest of a group is waited for when nothing comes, in milliseconds. */
const PATIENCE_MS = 1
/** How long a batch that can wait does so, in milliseconds, unless so many wait that more would save little. */
const COMPANY_MS = 10
const COMPANY = 16

export interface BatchWriter {
  /** Resolves once the batch is committed. */
  write(batch: RunBatch): Promise<void>
  /** Counts a use of an API key: written with the next batch, or within a second. */
  countKeyUse(id: string, at: number): void
  /** Resolves when all that was handed over is committed or refused. */
  flush(): Promise<void>
}

interface Waiting {
  readonly batch: RunBatch
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

type Commit = (batches: readonly RunBatch[], keyUses: readonly KeyUse[]) => Promise<void>

/**
 * Group commit: batches that arrive in one turn of the event loop, or while a commit is on its way, share the next
 * transaction and its file sync. When that transaction fails each batch is tried alone, so that a bad one fails only
 * itself.
 */
export function createBatchWriter(commit: Commit): BatchWriter {
  const waiting: Waiting[] = []
  let keyUses = new Map<string, KeyUse>()
  let running: Promise<void> | undefined
  let scheduled = false
  let answered = 0
  let timer: NodeJS.Timeout | undefined
  let company: NodeJS.Timeout | undefined

  const commitGroup = async () => {
    clearTimeout(company)
    company = undefined
    const group = waiting.splice(0, LARGEST_GROUP)
    answered = group.length
    if (group.length === 0 && keyUses.size === 0) return
    const uses = keyUses
    keyUses = new Map()
    clearTimeout(timer)
    timer = undefined
    try {
      await commit(
        group.map((item) => item.batch),
        [...uses.values()],
      )
      for (const { resolve } of group) resolve()
    } catch (error) {
      for (const use of uses.values()) addUse(use)
      // A store that is full, locked or away refuses each of them alike, and may take its time over each.
      const isAlike = group.length === 1 || (error instanceof AppError && error.code === 'overloaded')
      if (isAlike) for (const { reject } of group) reject(error)
      else for (const { batch, resolve, reject } of group) await commit([batch], []).then(resolve, reject)
    }
  }
  /** One at a time. */
  const commitNext = (): Promise<void> => {
    running ??= commitGroup().finally(() => {
      running = undefined
      // Who has been answered now often comes back at once, and shares the commit of those who have waited meanwhile.
      if (waiting.length > 0) schedule(waiting.length + answered)
    })
    return running
  }
  const schedule = (expected: number) => {
    if (scheduled || running) return
    scheduled = true
    gather(0, expected, performance.now() + LONGEST_GATHERING_MS)
  }
  /**
   * Goes on for as long as each turn of the event loop brings another batch: a transaction costs as much as several
   * batches. A lone batch waits for one turn more, which is a few microseconds; where more are expected, for a moment.
   */
  const gather = (before: number, expected: number, until: number) => {
    setImmediate(() => {
      if (waiting.length < LARGEST_GROUP && performance.now() < until) {
        if (waiting.length > before) return gather(waiting.length, expected, until)
        if (waiting.length < expected) return void setTimeout(gather, PATIENCE_MS, waiting.length, 0, until)
      }
      scheduled = false
      void commitNext()
    })
  }
  /** Whoever comes meanwhile and cannot wait takes along those who can. */
  const waitForCompany = () => {
    company ??= setTimeout(schedule, COMPANY_MS, 0)
  }
  const addUse = ({ id, uses, lastUsedAt }: KeyUse) => {
    const before = keyUses.get(id)
    keyUses.set(id, {
      id,
      uses: uses + (before?.uses ?? 0),
      lastUsedAt: Math.max(lastUsedAt, before?.lastUsedAt ?? 0),
    })
    timer ??= setTimeout(() => {
      timer = undefined
      void commitNext()
    }, FLUSH_KEY_USES_MS).unref()
  }

  return {
    write: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push({ batch, resolve, reject })
        if (batch.canWait && waiting.length < COMPANY) waitForCompany()
        else schedule(0)
      }),
    countKeyUse: (id, at) => addUse({ id, uses: 1, lastUsedAt: at }),
    async flush() {
      do await commitNext()
      while (running || waiting.length > 0 || keyUses.size > 0)
      clearTimeout(timer)
      timer = undefined
    },
  }
}
