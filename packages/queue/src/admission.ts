import { AppError } from '@runnel/protocol/errors'
import type { QueueLoad } from '@runnel/storage/job-repository'

/** How much the queue takes; runs that are being worked on count. */
export interface QueueLimits {
  readonly runs: number
  /** Of payloads, in bytes. */
  readonly bytes: number
}

const RETRY_AFTER_SECONDS = 5

/** Who wants to put how much into the queue. */
export interface Asked {
  readonly flowId: string
  readonly userId: string
  readonly bytes: number
}

interface Load {
  runs: number
  bytes: number
}

const ALL = ''

/** Counts what is in the queue: all of it, and by flow and by user. */
export function createAdmission(limits: QueueLimits) {
  const half: QueueLimits = { runs: Math.floor(limits.runs / 2), bytes: Math.floor(limits.bytes / 2) }
  const loads = new Map<string, Load>()
  let changes = 0
  const keysOf = ({ flowId, userId }: Pick<Asked, 'flowId' | 'userId'>) => [ALL, `flow ${flowId}`, `user ${userId}`]
  const isOver = (key: string, limit: QueueLimits, bytes: number) => {
    const load = loads.get(key) ?? { runs: 0, bytes: 0 }
    // A payload as large as the limit itself still fits into an empty queue.
    return load.runs + 1 > limit.runs || (load.runs > 0 && load.bytes + bytes > limit.bytes)
  }
  const add = (asked: Pick<Asked, 'flowId' | 'userId'>, runs: number, bytes: number) => {
    changes++
    for (const key of keysOf(asked)) {
      const load = loads.get(key) ?? { runs: 0, bytes: 0 }
      load.runs += runs
      load.bytes += bytes
      if (load.runs > 0) loads.set(key, load)
      else loads.delete(key)
    }
  }

  return {
    /** To be asked before anything else of a request is looked at. @throws AppError `overloaded` */
    check(bytes: number): void {
      if (isOver(ALL, limits, bytes)) throw full('The queue of runs is full')
    },

    /** Nobody takes more than half of the queue. @throws AppError `overloaded` */
    checkShare({ flowId, userId, bytes }: Asked): void {
      if (isOver(`flow ${flowId}`, half, bytes)) throw full('Too many runs of this flow wait')
      if (isOver(`user ${userId}`, half, bytes)) throw full('Too many runs of this user wait')
    },

    /** @throws AppError `overloaded` */
    enter(asked: Asked): void {
      this.check(asked.bytes)
      this.checkShare(asked)
      add(asked, 1, asked.bytes)
    },

    leave: (asked: Asked): void => add(asked, -1, -asked.bytes),

    /**
     * Starts from what is stored, for what other processes put in and took out. Answers false when something came or
     * went while it was read: then it is too old.
     */
    async reset(readStored: () => Promise<readonly QueueLoad[]>): Promise<boolean> {
      const before = changes
      const stored = await readStored()
      if (changes !== before) return false
      loads.clear()
      for (const load of stored) add(load, load.runs, load.bytes)
      return true
    },

    /** How many runs are in the queue. */
    depth: (): number => loads.get(ALL)?.runs ?? 0,
  }
}

function full(why: string): AppError {
  return new AppError('overloaded', [`${why}. Try again later.`], { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
