import { availableParallelism } from 'node:os'
import type { QueueLimits } from '@runnel/queue/admission'
import { createQueueWorker } from '@runnel/queue/queue-worker'
import type { RunQueue } from '@runnel/queue/run-queue'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { Log } from '../log.ts'
import type { WebhookService } from './webhook-service.ts'

export interface RunWorkerOptions {
  readonly queue: RunQueue
  readonly webhooks: Pick<WebhookService, 'work'>
  readonly lifecycle: Pick<Lifecycle, 'isDraining' | 'track'>
  readonly log: Log
  readonly config: Pick<Config, 'runsAtOnce'>
}

const MEGABYTE = 1024 * 1024

/** How much the queue takes. */
export const queueLimits = ({ maxQueuedRuns, maxQueuedMegabytes }: QueueSettings): QueueLimits => ({
  runs: maxQueuedRuns,
  bytes: maxQueuedMegabytes * MEGABYTE,
})
type QueueSettings = Pick<Config, 'maxQueuedRuns' | 'maxQueuedMegabytes'>

/**
 * Works on background runs in this process, from when it listens until it closes. While the server drains, runs that
 * have begun may end and no others begin; what is cut then is finished after the next start.
 */
export function addRunWorker(app: FastifyInstance, options: RunWorkerOptions): void {
  const { queue, webhooks, lifecycle, log, config } = options
  const worker = createQueueWorker({
    queue,
    slots: config.runsAtOnce || Math.max(4, 2 * availableParallelism()),
    work: (job, signal) => lifecycle.track(webhooks.work(job, signal)),
    mayBegin: () => !lifecycle.isDraining,
    onError: (error, runId) => log.error('background runs', { error, ...(runId !== undefined && { runId }) }),
  })
  app.addHook('onReady', () => queue.recover([]))
  app.addHook('onListen', async () => worker.start())
  app.addHook('onClose', async () => {
    await worker.stop()
  })
}
