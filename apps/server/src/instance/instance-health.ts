import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { messageOf } from '@runnel/protocol/errors'
import type { InstanceHealth } from '@runnel/protocol/instance'
import type { RunQueue } from '@runnel/queue/run-queue'
import type { Storage } from '@runnel/storage/open-storage'
import type { Config } from '../config.ts'
import type { FileStore } from '../files/file-store.ts'
import type { FrozenCache } from '../runs/frozen-cache.ts'
import type { AnswerCache } from '../workflows/answer-cache.ts'

interface Needed {
  readonly config: Pick<Config, 'dataDir' | 'maxQueuedRuns'>
  readonly storage: Pick<Storage, 'dialect' | 'ping'>
  readonly fileStore: Pick<FileStore, 'receive' | 'unmark'>
  readonly queue: Pick<RunQueue, 'depth'>
  readonly answerCache: Pick<AnswerCache, 'size'>
  readonly frozen: Pick<FrozenCache, 'size'>
}

const WELL = { status: 'ok', problem: null } as const
const failing = (problem: string) => ({ status: 'failing', problem }) as const

/** How the parts do: each is used once, and what fails says why. */
export async function instanceHealth(services: Needed): Promise<InstanceHealth> {
  const { config, answerCache, frozen, queue } = services
  const [database, storage] = await Promise.all([databaseHealth(services), storageHealth(services)])
  const runs = queue.depth()
  return {
    database,
    cache: { ...WELL, answers: answerCache.size(), results: frozen.size(), memory_bytes: process.memoryUsage.rss() },
    queue: {
      ...(runs < config.maxQueuedRuns ? WELL : failing('The queue is full')),
      runs,
      limit: config.maxQueuedRuns,
    },
    storage,
  }
}

async function databaseHealth({ storage }: Needed): Promise<InstanceHealth['database']> {
  const began = performance.now()
  const problem = await storage.ping().then(() => undefined, messageOf)
  const milliseconds = Math.round((performance.now() - began) * 10) / 10
  return { ...(problem === undefined ? WELL : failing(problem)), kind: storage.dialect, milliseconds }
}

async function storageHealth({ config, fileStore }: Needed): Promise<InstanceHealth['storage']> {
  const folder = config.dataDir
  const mark = `health-${randomUUID()}`
  try {
    await fileStore.receive(mark, Readable.from([Buffer.from('well')]))
    await fileStore.unmark(mark)
    const { bavail, blocks, bsize } = await statfs(folder)
    return { ...WELL, folder, free_bytes: bavail * bsize, total_bytes: blocks * bsize }
  } catch (error) {
    return { ...failing(messageOf(error)), folder, free_bytes: 0, total_bytes: 0 }
  }
}
