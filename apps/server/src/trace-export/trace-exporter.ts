import { messageOf } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import type { RunRecord } from '@runnel/storage/run-records'
import type { HttpClient } from '../egress/http-client.ts'
import type { Log } from '../log.ts'
import { PRODUCT, PRODUCT_VERSION } from '../version.ts'
import type { ExportTarget, TraceToolId } from './export-targets.ts'
import { encodeSpans, type OtlpSpan } from './otlp.ts'
import { spansOfRun } from './run-spans.ts'
import { type Sent, sendSpans } from './target-client.ts'
import { createTargetQueue, type TargetQueueOptions, type TargetState } from './target-queue.ts'

export interface TraceExporterOptions {
  readonly targets: readonly ExportTarget[]
  readonly storage: {
    readonly runs: Pick<Storage['runs'], 'stepsOf'>
    readonly flows: Pick<Storage['flows'], 'nameOf'>
  }
  readonly http: Pick<HttpClient, 'fetch'>
  readonly log: Pick<Log, 'error'>
  /** false: what was given and what came out is not sent. */
  readonly withContent: boolean
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly wait?: TargetQueueOptions['wait']
}

export interface TraceExporter {
  /** Takes note of a run that has ended. Its trace is read and sent later: the run never waits. */
  offer(run: RunRecord, flow: { readonly storedId: string }): void
  /** Undefined for a tool that is not set up. */
  state(id: TraceToolId): (TargetState & { readonly url: string }) | undefined
  /** Sends one span of its own, now. Undefined for a tool that is not set up. */
  test(id: TraceToolId, signal: AbortSignal): Promise<Sent> | undefined
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>
}

/** Runs that wait to be read; more are let go. */
const MOST_WAITING = 2048
/** Runs of one request, and the characters of a request that is full before. */
const BATCH_RUNS = 64
const FULL_BYTES = 2 * 1024 * 1024
const EVERY_MS = 5000
const CLOSE_MS = 5000
const SCOPE = { name: PRODUCT.toLowerCase(), version: PRODUCT_VERSION }

interface Waiting {
  readonly run: RunRecord
  readonly storedId: string
}

/** Sends the traces of runs to tools, in batches, some seconds after the runs. */
export function createTraceExporter(options: TraceExporterOptions): TraceExporter {
  const { storage, http, log, withContent, now, wait } = options
  const queues = options.targets.map((target) =>
    createTargetQueue({
      target,
      send: (to, scopes, signal) => sendSpans(to, scopes, http, signal),
      now,
      ...(wait && { wait }),
    }),
  )
  const queueOf = (id: TraceToolId) => queues.find(({ target }) => target.id === id)
  const waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> = Promise.resolve()

  async function spansOf({ run, storedId }: Waiting): Promise<readonly OtlpSpan[]> {
    const flowName = (await storage.flows.nameOf(storedId)) ?? run.flowId
    return spansOfRun({ run, steps: await storage.runs.stepsOf(run), flowName, withContent })
  }

  async function readAll(): Promise<void> {
    while (waiting.length > 0) {
      const scopes: Uint8Array[] = []
      let runs = 0
      let size = 0
      for (const one of waiting.splice(0, BATCH_RUNS)) {
        try {
          const encoded = encodeSpans(SCOPE, await spansOf(one))
          scopes.push(encoded)
          runs++
          size += encoded.length
        } catch (error) {
          log.error('a trace could not be read for its export', { error: messageOf(error) })
          for (const queue of queues) queue.lose(1)
        }
        if (size < FULL_BYTES) continue
        hand({ runs, scopes: scopes.splice(0) })
        ;[runs, size] = [0, 0]
      }
      if (runs > 0) hand({ runs, scopes })
    }
  }
  const hand = ({ runs, scopes }: { readonly runs: number; readonly scopes: readonly Uint8Array[] }) => {
    for (const queue of queues) queue.add({ runs, scopes })
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    reading = reading.then(readAll)
    return reading
  }

  return {
    offer(run, { storedId }) {
      if (waiting.length >= MOST_WAITING) {
        for (const queue of queues) queue.lose(1)
        return
      }
      waiting.push({ run, storedId })
      if (waiting.length === BATCH_RUNS) void flush()
      else timer ??= setTimeout(() => void flush(), EVERY_MS).unref()
    },
    state(id) {
      const queue = queueOf(id)
      return queue && { ...queue.state(), url: queue.target.url }
    },
    test: (id, signal) => queueOf(id)?.test([encodeSpans(SCOPE, [testSpan(now())])], signal),
    async close() {
      await flush()
      const signal = AbortSignal.timeout(CLOSE_MS)
      await Promise.all(queues.map((queue) => queue.close(signal)))
    },
  }
}

/** Something to be found in the tool. */
function testSpan(at: number): OtlpSpan {
  const id = crypto.randomUUID().replaceAll('-', '')
  return {
    traceId: id,
    spanId: id.slice(16),
    name: 'runnel test',
    kind: 'internal',
    startUs: at * 1000,
    endUs: at * 1000,
    attributes: { 'runnel.test': true },
  }
}
