import type { GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent } from '@runnel/engine/run-event'
import { runFlow } from '@runnel/engine/run-flow'
import {
  builtResults,
  checkTweaks,
  createOverlay,
  type InputType,
  inputNodes,
  type OutputType,
  outputNodes,
  startNode,
} from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import { resultData } from '@runnel/engine/wire-result'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import type { StoredFile } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { Config } from '../config.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { VariableService } from '../variables/variable-service.ts'
import type { FlowLoader, LoadedFlow } from './flow-loader.ts'
import type { FrozenCache } from './frozen-cache.ts'
import { createRecorder, type RunOutcome } from './run-recorder.ts'

/** What a caller asks a flow to do. */
export interface RunAsked {
  readonly inputValue: string | null
  readonly inputType: InputType | null
  readonly outputType: OutputType | null
  /** Ids or display names of input nodes; all that fit the type unless given. */
  readonly inputComponents?: readonly string[]
  /** Ids or display names of the only nodes to answer with. */
  readonly outputComponents?: readonly string[]
  readonly tweaks: JsonObject
  readonly sessionId: string | null
  readonly stream: boolean
  /** From `X-Langflow-Global-Var-…` headers, names in upper case. */
  readonly variables?: ReadonlyMap<string, string>
}

/** A run that may begin: everything that can be refused beforehand has been checked. */
export interface PreparedRun {
  readonly sessionId: string
  /** Empty when the run was given no input. */
  readonly inputs: { readonly input_value?: string }
  /** What happens, to the end; the run is durable when the iteration ends. Leaving early cancels it. */
  events(signal: AbortSignal): AsyncGenerator<RunEvent, void>
  /** The JSON texts of the answering nodes' results, once the events have ended. */
  results(): readonly string[]
  /** The text of the first chat output. */
  chatText(): string
}

export interface RunServiceOptions {
  readonly storage: Pick<Storage, 'runs' | 'messages'>
  readonly config: Pick<Config, 'environment' | 'fallbackToEnvironment' | 'maxTextLength' | 'maxItemsLength'>
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly lifecycle: Pick<Lifecycle, 'signal'>
  readonly loader: FlowLoader
  readonly frozen: FrozenCache
  readonly readFile: (userId: string, path: string) => Promise<StoredFile>
  readonly now: () => number
}

/** Longest run, in milliseconds. */
const RUN_MS = 300_000

export type RunService = ReturnType<typeof createRunService>

/** Runs flows for callers of the API. */
export function createRunService(options: RunServiceOptions) {
  const { storage, config, variables, lifecycle, loader, frozen, readFile, now } = options
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }

  /** @throws AppError `flow_not_found`, `flow_has_no_data`, `flow_invalid`, or of a tweak that doubles the input. */
  async function prepare(userId: string, idOrName: string, asked: RunAsked): Promise<PreparedRun> {
    checkTweaks(asked.tweaks, asked.inputValue, asked.inputType)
    const flow = await loader.load(userId, idOrName)
    const request = toRequest(flow, userId, asked)
    const answering = outputNodes(flow.graph, asked.outputType, asked.outputComponents ?? [])
    let results: ReadonlyMap<string, NodeResult> = new Map()
    return {
      sessionId: request.sessionId,
      inputs: asked.inputValue === null ? {} : { input_value: asked.inputValue },
      events: (signal) =>
        record(flow, request, signal, (ended) => {
          results = ended
        }),
      results: () => builtResults(answering, results).map((result) => JSON.stringify(resultData(result))),
      chatText: () => chatText(answering, results),
    }
  }

  function toRequest(flow: LoadedFlow, userId: string, asked: RunAsked): RunRequest {
    const { graph } = flow
    const { inputValue } = asked
    const given = inputValue === null ? [] : inputNodes(graph, asked.inputType, asked.inputComponents ?? [])
    const start = startNode(graph)
    return {
      runId: newId(),
      flowId: flow.id,
      userId,
      sessionId: asked.sessionId || flow.id,
      sessionFields: 'all',
      inputValues: new Map(given.map((node) => [node.index, inputValue ?? ''])),
      inputFiles: [],
      overlay: createOverlay(graph, asked.tweaks, asked.stream),
      requestVariables: asked.variables ?? NO_VARIABLES,
      environmentFallback: config.fallbackToEnvironment,
      ...(start !== undefined && { start, also: selectedOutputs(flow, asked) }),
      failFast: true,
      cacheAll: false,
    }
  }

  /** The one way a run happens: what it leaves behind is recorded, and durable before its last event. */
  async function* record(
    flow: LoadedFlow,
    request: RunRequest,
    signal: AbortSignal,
    onEnd: (results: ReadonlyMap<string, NodeResult>) => void,
  ): AsyncGenerator<RunEvent, void> {
    const { runId, flowId, userId, sessionId } = request
    const startedAt = now()
    const run = { id: runId, flowId, userId, sessionId, kind: 'run' as const, startedAt }
    const recorder = createRecorder({ storage, run, ownerId: flow.ownerId, graph: flow.graph, limits, newId, now })
    const limit = createLimit(signal, lifecycle.signal)
    let outcome: RunOutcome = { status: 'cancelled' }
    try {
      const ports = {
        messages: {
          save: recorder.saveMessage,
          remove: recorder.removeMessage,
          find: (_flowId: string, query: Parameters<typeof recorder.findMessages>[0]) => recorder.findMessages(query),
        },
        variables: {
          get: (name: string) => variables.storedValue(flow.ownerId, name),
          environment: config.environment,
        },
        files: { read: (path: string) => readFile(flow.ownerId, path) },
        cache: frozen.of(flowId),
        now,
        newId,
      }
      for await (const event of runFlow(flow.graph, request, ports, limit.signal)) {
        recorder.observe(event)
        if (event.type === 'run-end') {
          outcome = { status: 'succeeded' }
          await recorder.finish(outcome)
          onEnd(event.results)
        }
        yield event
      }
    } catch (error) {
      if (!signal.aborted) {
        outcome = {
          status: 'failed',
          error: messageOf(error),
          errorCode: error instanceof AppError ? error.code : 'internal',
        }
      }
      throw error
    } finally {
      limit.clear()
      if (outcome.status !== 'succeeded') await recorder.finish(outcome)
    }
  }

  return { prepare }
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map()

/** Outputs the caller asked for run even when nothing joins them to the chat input. */
function selectedOutputs({ graph }: LoadedFlow, { outputType, outputComponents = [] }: RunAsked): readonly number[] {
  const wanted = outputComponents.length > 0 || outputType !== 'debug'
  return wanted ? outputNodes(graph, outputType, outputComponents).map((node) => node.index) : []
}

/** What the first of these nodes that said something has said; '' when none has. */
export function chatText(nodes: readonly GraphNode[], results: ReadonlyMap<string, NodeResult>): string {
  for (const { outputs } of builtResults(nodes, results)) {
    const said = outputs.get('message') ?? outputs.get('text')
    if (typeof said === 'object' && said !== null && 'text' in said) return String(said.text)
  }
  return ''
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
