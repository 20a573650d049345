import { asksPeople } from '@runnel/engine/approved-tool'
import type { GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent, RunListener } from '@runnel/engine/run-event'
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
import { type ResultData, resultData } from '@runnel/engine/wire-result'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import { suffices } from '@runnel/protocol/roles'
import type { ApiKeyRecord, UserRecord } from '@runnel/storage/records'
import { isForSomeFlows } from '../auth/key-limits.ts'
import type { Config } from '../config.ts'
import { isMember, type Reader } from '../flows/shown-flow.ts'
import type { FlowLoader, LoadedFlow } from './flow-loader.ts'
import type { FlowRunner } from './flow-runner.ts'
import { checkForeignTweaks, checkOtherFlows } from './foreign-tweaks.ts'
import { ownSession, virtualFlowId } from './visitor-history.ts'

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
  /** Who asks; a caller of the API unless said. */
  readonly kind?: 'run' | 'mcp'
  /** Set for somebody the owner lets in: they reach what visitors of a public flow reach, in a history of their own. */
  readonly visitor?: string | null
  /** Set for a member of the project who may run the flow, but not change it: they tweak what visitors may, and no variables. */
  readonly onlyRuns?: boolean
  /** The name of the member who asks, for those who read of the run. */
  readonly startedBy?: string
  /** The key it is asked with, if with one. */
  readonly key?: Pick<ApiKeyRecord, 'id' | 'limits'> | null
  /** From `X-Langflow-Global-Var-…` headers, names in upper case. */
  readonly variables?: ReadonlyMap<string, string>
}

/** What a call says of who asks: a member of the project, or the user. */
export const askedBy = (call: Reader & { readonly author: Pick<UserRecord, 'username'> }) => ({
  onlyRuns: !suffices(call.role, 'editor'),
  ...(isMember(call) && { startedBy: call.author.username }),
})

/** What runs answer: one entry per run. */
export interface RunAnswer {
  readonly session_id: string | undefined
  readonly outputs: readonly { readonly inputs: PreparedRun['inputs']; readonly outputs: readonly ResultData[] }[]
}

/** A run that may begin: everything that can be refused beforehand has been checked. */
export interface PreparedRun {
  readonly runId: string
  readonly flowId: string
  readonly sessionId: string
  /** Empty when the run was given no input. */
  readonly inputs: { readonly input_value?: string }
  /**
   * What happens, some events at a time, to the end; the run is durable when the iteration ends. Leaving early cancels
   * it. A listener hears all but the last as they happen, in the place of the iteration.
   */
  events(signal: AbortSignal, listener?: RunListener): AsyncGenerator<readonly RunEvent[], void>
  /** The results of the answering nodes, once the events have ended. */
  results(): readonly ResultData[]
  /** The text of the first chat output. */
  chatText(): string
}

export interface RunServiceOptions {
  readonly config: Pick<Config, 'fallbackToEnvironment'>
  readonly loader: FlowLoader
  readonly runner: FlowRunner
}

export type RunService = ReturnType<typeof createRunService>

/** Runs flows for callers of the API. */
export function createRunService({ config, loader, runner }: RunServiceOptions) {
  /** @throws AppError `flow_not_found`, `flow_has_no_data`, `flow_invalid`, or of a tweak that doubles the input. */
  async function prepare(userId: string, idOrName: string, asked: RunAsked): Promise<PreparedRun> {
    checkTweaks(asked.tweaks, asked.inputValue, asked.inputType)
    const { visitor = null } = asked
    const stored = await loader.load(userId, idOrName)
    if (asksPeople(stored.graph)) throw new AppError('flow_asks_people')
    const flow = visitor === null ? stored : { ...stored, id: virtualFlowId(visitor, stored.id) }
    const request =
      visitor === null
        ? toRunRequest(flow, userId, asked, config)
        : toRunRequest(flow, null, { ...asked, sessionId: ownSession(asked.sessionId, flow.id) }, config)
    if (flow.ownerId !== userId || asked.onlyRuns) checkForeignTweaks(flow.graph, request.overlay)
    if (asked.key && isForSomeFlows(asked.key)) checkOtherFlows(request.overlay)
    const answering = outputNodes(flow.graph, asked.outputType, asked.outputComponents ?? [])
    let results: ReadonlyMap<string, NodeResult> = new Map()
    return {
      runId: request.runId,
      flowId: flow.id,
      sessionId: request.sessionId,
      inputs: asked.inputValue === null ? {} : { input_value: asked.inputValue },
      events: (signal, listener) =>
        runner.run(flow, request, {
          kind: asked.kind ?? 'run',
          signal,
          ...(listener && { listener }),
          startedBy: asked.startedBy ?? null,
          ...(visitor === null && { countedFor: { keyId: asked.key?.id ?? null } }),
          onEnd: (ended) => {
            results = ended
          },
        }),
      results: () => builtResults(answering, results).map((result) => resultData(result)),
      chatText: () => chatText(answering, results),
    }
  }

  return { prepare }
}

/** What the engine is asked. `runId` is new unless given. */
export function toRunRequest(
  flow: LoadedFlow,
  userId: string | null,
  asked: RunAsked,
  { fallbackToEnvironment }: Pick<Config, 'fallbackToEnvironment'>,
  runId: string = newId(),
): RunRequest {
  const { graph } = flow
  const { inputValue } = asked
  const given = inputValue === null ? [] : inputNodes(graph, asked.inputType, asked.inputComponents ?? [])
  const start = startNode(graph)
  return {
    runId,
    flowId: flow.id,
    userId,
    sessionId: asked.sessionId || flow.id,
    sessionFields: 'all',
    inputValues: new Map(given.map((node) => [node.index, inputValue ?? ''])),
    inputFiles: [],
    overlay: createOverlay(graph, asked.tweaks, asked.stream),
    // A variable may say where the owner's keys are sent.
    requestVariables: (!asked.onlyRuns && asked.variables) || NO_VARIABLES,
    environmentFallback: fallbackToEnvironment,
    ...(start !== undefined && { start, also: selectedOutputs(flow, asked) }),
    failFast: true,
    cacheAll: false,
  }
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
