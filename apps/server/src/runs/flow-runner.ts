import type { NodeResult } from '@runnel/engine/node-result'
import { nobodyToAsk, type RunPorts } from '@runnel/engine/ports'
import type { RunEvent, RunListener } from '@runnel/engine/run-event'
import { runFlow } from '@runnel/engine/run-flow'
import type { RunRequest } from '@runnel/engine/run-scope'
import type { PriceOf } from '@runnel/models/model-prices'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { HttpPort, SocketsPort } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { RunRecord } from '@runnel/storage/run-records'
import type { Config } from '../config.ts'
import type { CustomCode } from '../custom-code/custom-code.ts'
import { createDatabases } from '../databases/database-port.ts'
import type { AddressRules } from '../egress/address-rules.ts'
import type { RunFiles } from '../files/run-files.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { McpSessions } from '../mcp-servers/mcp-sessions.ts'
import type { MemoryCapture } from '../memories/memory-capture.ts'
import type { TraceExporter } from '../trace-export/trace-exporter.ts'
import type { UsageRecorder } from '../usage/usage-recorder.ts'
import type { VariableService } from '../variables/variable-service.ts'
import type { RunVectors } from '../vectors/run-vectors.ts'
import type { Approvals } from './approvals.ts'
import type { FlowLoader, LoadedFlow } from './flow-loader.ts'
import type { FrozenCache } from './frozen-cache.ts'
import { type InnerRunsOptions, innerRuns, newFamily, type RunFamily } from './inner-runs.ts'
import { costIn } from './run-costs.ts'
import type { RunGraphs } from './run-graphs.ts'
import { createRecorder, type RunOutcome, type RunRecorder } from './run-recorder.ts'
import { createSharedTurn } from './shared-turn.ts'
import { type RunAttempt, withFinished } from './step-checkpoints.ts'
import { visitorsPorts } from './visitors-ports.ts'

export interface FlowRunnerOptions {
  readonly storage: Pick<Storage, 'runs' | 'messages' | 'flows' | 'projects'>
  readonly config: Pick<
    Config,
    'environment' | 'maxTextLength' | 'maxItemsLength' | 'sqlWrites' | 'allowPublicCustomComponents'
  >
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly lifecycle: Pick<Lifecycle, 'signal' | 'onStop'>
  readonly frozen: FrozenCache
  readonly files: RunFiles
  readonly http: HttpPort
  readonly sockets: SocketsPort
  readonly rules: AddressRules
  readonly mcp: Pick<McpSessions, 'portOf'>
  readonly vectors: RunVectors
  readonly memoryCapture: Pick<MemoryCapture, 'noticeRun'>
  readonly customCode: Pick<CustomCode, 'of'>
  readonly loader: Pick<FlowLoader, 'load'>
  readonly usage: Pick<UsageRecorder, 'count'>
  readonly runGraphs: RunGraphs
  readonly approvals: Pick<Approvals, 'of'>
  readonly priceOf: PriceOf
  /** Undefined while no tool is set up that takes traces. */
  readonly traces: Pick<TraceExporter, 'offer'> | undefined
  readonly now: () => number
}

export interface RunHow {
  readonly kind: RunRecord['kind']
  /** Aborted when whoever waits for the run has left. */
  readonly signal: AbortSignal
  /** Set for a run that is repeated until it has ended: then an end that comes from outside is none. */
  readonly attempt?: RunAttempt
  /** Hears each event as it happens, in the place of the iteration, which then gives the last one only. */
  readonly listener?: RunListener
  /** The results by node, once they are durable and before the last event. */
  readonly onEnd?: (results: ReadonlyMap<string, NodeResult>) => void
  /** false: what each node was given and gave is not kept. */
  readonly keepSteps?: boolean
  /** The runs it belongs to, for one that another run began. */
  readonly family?: RunFamily
  /** Set for a call from outside, which is counted: the key it was made with, if any. */
  readonly countedFor?: { readonly keyId: string | null }
  /** Who follows it and decides what it asks; nobody unless said. */
  readonly watcherId?: string | null
  /** The name of who began it, when that is not the user. */
  readonly startedBy?: string | null
  /** Longest run, in milliseconds; five minutes unless said. */
  readonly longestMs?: number
}

/** Longest run, in milliseconds; longer when nobody waits for it. */
const RUN_MS = 300_000
const BACKGROUND_RUN_MS = 3_600_000

export type FlowRunner = ReturnType<typeof createFlowRunner>

/** Runs flows on this server's storage: the one place where the engine meets it. */
export function createFlowRunner({
  storage,
  config,
  variables,
  lifecycle,
  frozen,
  files,
  http,
  sockets,
  rules,
  mcp,
  vectors,
  memoryCapture,
  customCode,
  loader,
  usage,
  runGraphs,
  approvals,
  priceOf,
  traces,
  now,
}: FlowRunnerOptions) {
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }
  const sharedTurn = createSharedTurn()

  const portsOf = (
    { id, ownerId, published, graph }: LoadedFlow,
    request: RunRequest,
    recorder: RunRecorder,
    { watcherId = null, attempt, family = newFamily() }: RunHow,
    isPrivate: boolean,
  ): RunPorts => {
    // What a published version froze stays its own.
    const kept = frozen.of(published === undefined ? id : `${id}@${published}`)
    const runsFor = request.userId === null ? 'visitor' : 'user'
    const owned = {
      files: files.of(ownerId),
      databases: createDatabases({ files: files.of(ownerId), rules, writes: config.sqlWrites }),
      sandbox: customCode.of(ownerId),
    }
    const open = { customCode: config.allowPublicCustomComponents }
    return {
      ...(runsFor === 'visitor' ? visitorsPorts(owned, graph, open) : owned),
      messages: {
        save: recorder.saveMessage,
        remove: recorder.removeMessage,
        find: (_flowId, query) => recorder.findMessages(query),
      },
      variables: { get: (name) => variables.storedValue(ownerId, name), environment: config.environment },
      http,
      sockets,
      // Visitors of a public flow start no programs.
      mcp: mcp.portOf({ ownerId, sessionId: request.sessionId, programs: runsFor === 'user' }),
      vectors: vectors.of(ownerId, runsFor),
      flows: innerRuns({ storage, loader, run: runInner }, ownerId, request, { ...family, isPrivate }),
      approvals: watcherId === null ? nobodyToAsk : approvals.of(watcherId),
      cache: attempt ? resumedCache(attempt, kept) : kept,
      costOf: costIn(priceOf),
      now,
      newId,
    }
  }

  const runInner: InnerRunsOptions['run'] = (flow, request, how) => runner.run(flow, request, { kind: 'run', ...how })

  const runner = {
    /**
     * Runs a flow and records what it leaves behind, durable before the last event. Gives what has happened since the
     * last time. Leaving early cancels it.
     * @throws AppError of the failure that ended the run.
     */
    async *run(flow: LoadedFlow, request: RunRequest, how: RunHow): AsyncGenerator<readonly RunEvent[], void> {
      const { runId: id, flowId, userId, sessionId } = request
      const { attempt } = how
      // Runs whose requests have come at the same time cost a fifth less when they go on side by side.
      await sharedTurn()
      const run = {
        id,
        flowId,
        userId,
        sessionId,
        kind: how.kind,
        startedAt: now(),
        keyId: how.countedFor?.keyId ?? null,
        startedBy: how.startedBy ?? null,
        published: flow.published ?? null,
        isPrivate: how.family?.isPrivate || !(await storage.projects.storesPayloadsOf(flow.storedId)),
      }
      const recorder = createRecorder({
        storage,
        run,
        // Whoever runs the flow of another does not see how it is made.
        graphId: userId === flow.ownerId && how.keepSteps !== false ? runGraphs.keep(flow) : null,
        ownerId: flow.ownerId,
        graph: flow.graph,
        limits,
        ...(attempt && { attempt }),
        keepSteps: how.keepSteps ?? true,
        priceOf,
        newId,
        now,
        onRecorded: traces && ((recorded) => traces.offer(recorded, flow)),
      })
      const limit = createLimit(how.signal, lifecycle, how.longestMs ?? (attempt ? BACKGROUND_RUN_MS : RUN_MS))
      const graph = attempt ? withFinished(flow.graph, attempt.finished) : flow.graph
      const began = performance.now()
      let outcome: RunOutcome | undefined
      let failure: RunOutcome | undefined
      const observe = (event: RunEvent) => {
        recorder.observe(event)
        if (event.type === 'node-error') {
          failure ??= { status: 'failed', error: event.failure.reason, errorCode: event.failure.code }
        }
      }
      try {
        const ports = portsOf(flow, request, recorder, how, run.isPrivate)
        for await (const events of runFlow(graph, request, ports, limit.signal, how.listener, observe)) {
          for (const event of events) {
            observe(event)
            if (event.type === 'run-end') {
              outcome = failure ?? { status: 'succeeded' }
              await recorder.finish(outcome)
              how.onEnd?.(event.results)
              // What a test says is no conversation to remember.
              if (outcome.status === 'succeeded' && how.kind !== 'eval')
                memoryCapture.noticeRun(flow.ownerId, flow.id, sessionId)
            }
          }
          yield events
        }
      } catch (error) {
        if (!outcome && !how.signal.aborted) failure = failureOf(error)
        throw error
      } finally {
        limit.clear()
        const isRepeated = attempt !== undefined && !outcome && (how.signal.aborted || lifecycle.signal.aborted)
        if (isRepeated) await recorder.abandon()
        else if (!outcome) await recorder.finish((!how.signal.aborted && failure) || { status: 'cancelled' })
        if (how.countedFor && !isRepeated) {
          usage.count({
            userId: flow.ownerId,
            flowId: flow.id,
            keyId: how.countedFor.keyId,
            outcome: outcome?.status === 'succeeded' || how.signal.aborted ? 'done' : 'failed',
            durationMs: performance.now() - began,
            ...recorder.spent(),
          })
        }
      }
    },
  }
  return runner
}

/** What earlier attempts have finished comes first. */
function resumedCache({ finished }: RunAttempt, cache: RunPorts['cache']): RunPorts['cache'] {
  return { get: (nodeId) => finished.get(nodeId) ?? cache.get(nodeId), set: cache.set }
}

function failureOf(error: unknown): RunOutcome {
  return { status: 'failed', error: messageOf(error), errorCode: error instanceof AppError ? error.code : 'internal' }
}

function timeout(longestMs: number): AppError {
  const why = `The run took longer than ${longestMs / 1000} seconds.`
  return new AppError('interrupted', [why], { cause: new DOMException(why, 'TimeoutError') })
}

/** Whether a run was ended because its time was up. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof AppError && error.cause instanceof DOMException && error.cause.name === 'TimeoutError'

/** Ends a run when its client leaves, the server stops, or its time is up. */
function createLimit(client: AbortSignal, lifecycle: FlowRunnerOptions['lifecycle'], longestMs: number) {
  const abort = new AbortController()
  const stop = (why: string) => () => abort.abort(new AppError('interrupted', [why]))
  const onClient = stop('The client has left.')
  const timer = setTimeout(() => abort.abort(timeout(longestMs)), longestMs)
  timer.unref()
  if (client.aborted) onClient()
  client.addEventListener('abort', onClient, { once: true })
  const forget = lifecycle.onStop(stop('server is shutting down'))
  return {
    signal: abort.signal,
    clear() {
      clearTimeout(timer)
      client.removeEventListener('abort', onClient)
      forget()
    },
  }
}
