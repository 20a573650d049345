import type { Graph } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent } from '@runnel/engine/run-event'
import { createOverlay, outputNodes, startNode } from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import type { WorkflowAnswer, WorkflowRunBody } from '@runnel/protocol/workflow'
import type { Config } from '../config.ts'
import { DECLARED_VALUES, valueField } from '../publications/contract.ts'
import type { FlowRunner } from '../runs/flow-runner.ts'
import { type FailedNode, type WorkflowFailure, workflowFailure } from './workflow-errors.ts'
import { createWorkflowEvents } from './workflow-events.ts'
import type { CallableWorkflow, LoadedWorkflow, WorkflowLoader } from './workflow-loader.ts'
import { workflowOutput } from './workflow-output.ts'

export interface WorkflowServiceOptions {
  readonly config: Pick<Config, 'fallbackToEnvironment' | 'workflowTimeoutSeconds'>
  readonly workflows: WorkflowLoader
  readonly runner: FlowRunner
}

/** Who calls, with which key. */
export interface WorkflowCaller {
  readonly userId: string
  readonly keyId: string
  /** The name of the member of the project who calls for the user. */
  readonly startedBy?: string
}

/** A call that may begin: everything that can be refused beforehand has been checked. */
export interface PreparedCall {
  readonly runId: string
  readonly version: number
  /** Keys of the input that mean nothing to the flow. */
  readonly ignored: readonly string[]
  /** @throws WorkflowRunFailed */
  answer(signal: AbortSignal): Promise<WorkflowAnswer>
  /** Records of a stream; it begins at once, and tells of a failure itself. */
  records(signal: AbortSignal): AsyncGenerator<string, void>
}

/** A run that failed, with the node it failed in. */
export class WorkflowRunFailed extends Error {
  override readonly name = 'WorkflowRunFailed'
  readonly failure: WorkflowFailure
  constructor(failure: WorkflowFailure, cause: unknown) {
    super(failure.message, { cause })
    this.failure = failure
  }
}

export type WorkflowService = ReturnType<typeof createWorkflowService>

/** Runs published flows for FlowAI's callers. */
export function createWorkflowService({ config, workflows, runner }: WorkflowServiceOptions) {
  function toRequest(workflow: LoadedWorkflow, values: ReadonlyMap<string, unknown>, how: RunFacts): RunRequest {
    const { graph, id } = workflow.flow
    const { inputValues, fields } = placed(workflow, values)
    const start = startNode(graph)
    return {
      runId: how.runId,
      flowId: id,
      userId: how.userId,
      sessionId: how.sessionId,
      sessionFields: 'all',
      inputValues,
      inputFiles: [],
      overlay: createOverlay(graph, fields, how.stream),
      requestVariables: NO_VARIABLES,
      environmentFallback: config.fallbackToEnvironment,
      ...(start !== undefined && { start, also: outputNodes(graph, 'any').map(({ index }) => index) }),
      failFast: true,
      cacheAll: false,
    }
  }

  return {
    /** @throws AppError `workflow_input_invalid`, `published_version_not_found`, `flow_invalid` */
    async prepare(found: CallableWorkflow, body: WorkflowRunBody, caller: WorkflowCaller): Promise<PreparedCall> {
      const workflow = await workflows.load(found, body.version ?? undefined)
      const { values, ignored } = workflow.check(body.input)
      const { flow, contract, version } = workflow
      const stream = body.stream === true
      const sessionId = body.session_id || newId()
      // Two users who call a public flow see nothing of each other.
      const ownSession = caller.userId === flow.ownerId ? sessionId : `${caller.userId}/${sessionId}`
      const facts = { runId: newId(), userId: caller.userId, sessionId: ownSession, stream }
      const request = toRequest(workflow, values, facts)
      let results: ReadonlyMap<string, NodeResult> = new Map()
      let failed: FailedNode | undefined
      const began = performance.now()
      const totalTime = () => (performance.now() - began) / 1000

      const events = (signal: AbortSignal) =>
        runner.run(flow, request, {
          kind: 'workflow',
          signal,
          countedFor: { keyId: caller.keyId },
          startedBy: caller.startedBy ?? null,
          longestMs: config.workflowTimeoutSeconds * 1000,
          onEnd: (ended) => {
            results = ended
          },
        })
      const notice = (event: RunEvent) => {
        if (event.type === 'node-error') failed ??= { node: event.nodeId, title: event.failure.displayName }
      }

      return {
        runId: facts.runId,
        version,
        ignored,

        async answer(signal) {
          try {
            for await (const batch of events(signal)) batch.forEach(notice)
          } catch (error) {
            throw error instanceof AppError ? new WorkflowRunFailed(workflowFailure(error, failed), error) : error
          }
          const output = workflowOutput(contract, results)
          return { output, total_time: totalTime(), session_id: sessionId, run_id: facts.runId, version }
        },

        records(signal) {
          const told = createWorkflowEvents(flow.graph, body.input)
          return recordsOf(events(signal), signal, {
            of(event) {
              notice(event)
              return told.of(event)
            },
            output: () => told.output(workflowOutput(contract, results), totalTime()),
            error: (error) => told.error(workflowFailure(error, failed), failed?.node, totalTime()),
          })
        },
      }
    },
  }
}

/** How a call is told as a stream. */
interface Telling {
  readonly of: (event: RunEvent) => string | undefined
  readonly output: () => string
  readonly error: (error: AppError) => string
}

/** The records of a call; what fails before the first of them is thrown. */
async function* recordsOf(
  events: AsyncIterable<readonly RunEvent[]>,
  signal: AbortSignal,
  { of, output, error: told }: Telling,
): AsyncGenerator<string, void> {
  let begun = false
  try {
    for await (const batch of events) {
      for (const event of batch) {
        const record = of(event)
        if (record === undefined) continue
        begun = true
        yield record
      }
    }
    yield output()
  } catch (error) {
    if (!begun || signal.aborted) throw error
    yield told(error instanceof AppError ? error : new AppError('internal', [], { cause: error }))
  }
}

interface RunFacts {
  readonly runId: string
  readonly userId: string
  readonly sessionId: string
  readonly stream: boolean
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map()

/** Where the values of a call go: texts into input nodes, everything else into fields of them. */
function placed({ flow: { graph }, contract }: LoadedWorkflow, values: ReadonlyMap<string, unknown>) {
  const inputValues = new Map<number, string>()
  const declared = new Map<string, (readonly [string, unknown])[]>()
  const fields: Record<string, JsonObject> = {}
  for (const { name, node_id, default: preset } of contract.inputs) {
    const node = nodeOf(graph, node_id)
    if (!node) continue
    const field = valueField(node)
    const value = values.get(name)
    if (field === DECLARED_VALUES) {
      // Every declared input has its value, be it the default.
      const entries = declared.get(node_id) ?? []
      entries.push([name, value ?? preset ?? null])
      declared.set(node_id, entries)
    } else if (value !== undefined) {
      if (field === 'input_value') inputValues.set(node.index, textOf(value))
      else fields[node_id] = { [field]: { value: textOf(value), load_from_db: false } }
    }
  }
  for (const [id, entries] of declared) fields[id] = { [DECLARED_VALUES]: { value: Object.fromEntries(entries) } }
  return { inputValues, fields }
}

const nodeOf = (graph: Graph, id: string) => graph.nodes[graph.indexById.get(id) ?? -1]

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
