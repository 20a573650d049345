import type { NodeResult } from '@runnel/engine/node-result'
import type { RunPorts } from '@runnel/engine/ports'
import type { RunEvent } from '@runnel/engine/run-event'
import { runFlow } from '@runnel/engine/run-flow'
import type { RunRequest } from '@runnel/engine/run-scope'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { HttpPort } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { RunRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import type { RunFiles } from '../files/run-files.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { VariableService } from '../variables/variable-service.ts'
import type { LoadedFlow } from './flow-loader.ts'
import type { FrozenCache } from './frozen-cache.ts'
import { createRecorder, type RunOutcome, type RunRecorder } from './run-recorder.ts'

export interface FlowRunnerOptions {
  readonly storage: Pick<Storage, 'runs' | 'messages'>
  readonly config: Pick<Config, 'environment' | 'maxTextLength' | 'maxItemsLength'>
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly lifecycle: Pick<Lifecycle, 'signal'>
  readonly frozen: FrozenCache
  readonly files: RunFiles
  readonly http: HttpPort
  readonly now: () => number
}

export interface RunHow {
  readonly kind: RunRecord['kind']
  /** Aborted when whoever waits for the run has left. */
  readonly signal: AbortSignal
  /** The results by node, once they are durable and before the last event. */
  readonly onEnd?: (results: ReadonlyMap<string, NodeResult>) => void
}

/** Longest run, in milliseconds. */
const RUN_MS = 300_000

export type FlowRunner = ReturnType<typeof createFlowRunner>

/** Runs flows on this server's storage: the one place where the engine meets it. */
export function createFlowRunner({ storage, config, variables, lifecycle, frozen, files, http, now }: FlowRunnerOptions) {
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }

  const portsOf = ({ id, ownerId }: LoadedFlow, recorder: RunRecorder): RunPorts => ({
    messages: {
      save: recorder.saveMessage,
      remove: recorder.removeMessage,
      find: (_flowId, query) => recorder.findMessages(query),
    },
    variables: { get: (name) => variables.storedValue(ownerId, name), environment: config.environment },
    files: files.of(ownerId),
    http,
    cache: frozen.of(id),
    now,
    newId,
  })

  return {
    /**
     * Runs a flow and records what it leaves behind, durable before the last event. Leaving early cancels it.
     * @throws AppError of the failure that ended the run.
     */
    async *run(flow: LoadedFlow, request: RunRequest, how: RunHow): AsyncGenerator<RunEvent, void> {
      const { runId: id, flowId, userId, sessionId } = request
      const run = { id, flowId, userId, sessionId, kind: how.kind, startedAt: now() }
      const recorder = createRecorder({ storage, run, ownerId: flow.ownerId, graph: flow.graph, limits, newId, now })
      const limit = createLimit(how.signal, lifecycle.signal)
      let outcome: RunOutcome | undefined
      let failure: RunOutcome | undefined
      try {
        for await (const event of runFlow(flow.graph, request, portsOf(flow, recorder), limit.signal)) {
          recorder.observe(event)
          if (event.type === 'node-error') {
            failure ??= { status: 'failed', error: event.failure.reason, errorCode: event.failure.code }
          }
          if (event.type === 'run-end') {
            outcome = failure ?? { status: 'succeeded' }
            await recorder.finish(outcome)
            how.onEnd?.(event.results)
          }
          yield event
        }
      } catch (error) {
        if (!outcome && !how.signal.aborted) failure = failureOf(error)
        throw error
      } finally {
        limit.clear()
        if (!outcome) await recorder.finish((!how.signal.aborted && failure) || { status: 'cancelled' })
      }
    },
  }
}

function failureOf(error: unknown): RunOutcome {
  return { status: 'failed', error: messageOf(error), errorCode: error instanceof AppError ? error.code : 'internal' }
}

/** Ends a run when its client leaves, the server stops, or its time is up. */
function createLimit(client: AbortSignal, server: AbortSignal) {
  const abort = new AbortController()
  const stop = (why: string) => () => abort.abort(new AppError('interrupted', [why]))
  const onClient = stop('The client has left.')
  const onServer = stop('server is shutting down')
  const timer = setTimeout(stop(`The run took longer than ${RUN_MS / 1000} seconds.`), RUN_MS)
  timer.unref()
  if (client.aborted) onClient()
  client.addEventListener('abort', onClient, { once: true })
  server.addEventListener('abort', onServer, { once: true })
  return {
    signal: abort.signal,
    clear() {
      clearTimeout(timer)
      client.removeEventListener('abort', onClient)
      server.removeEventListener('abort', onServer)
    },
  }
}
