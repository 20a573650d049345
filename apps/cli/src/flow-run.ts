import { randomUUID } from 'node:crypto'
import { compileGraph } from '@runnel/engine/compile-graph'
import type { Graph } from '@runnel/engine/graph'
import { createMemoryPorts } from '@runnel/engine/ports'
import { createRegistry } from '@runnel/engine/registry'
import type { NodeFailure } from '@runnel/engine/run-event'
import { runFlow } from '@runnel/engine/run-flow'
import { checkNames, checkTweaks, createOverlay, inputNodes, outputNodes, startNode } from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import type { Config } from '@runnel/server/config'
import { createUserSandbox } from '@runnel/server/custom-code/user-sandbox'
import { createEgress } from '@runnel/server/egress/egress'
import { configOf } from './config-of.ts'
import { CommandError, INTERRUPTED } from './failure.ts'
import { type FlowSource, readFlow, readLocalFile, readTweaks } from './flow-source.ts'
import { createRunPrinter } from './run-printer.ts'

/** The options of `runnel flow run`. */
export interface FlowRunOptions {
  readonly input?: string
  readonly stream?: boolean
  readonly tweaks?: string
  readonly session?: string
  readonly outputComponent?: string
  readonly json?: boolean
  readonly envFile?: string
}

/**
 * Runs a flow file in this process, without a server or a database, and prints what it answers.
 * @throws CommandError that names the failed node, or AppError `flow_invalid`
 */
export async function runFlowFile(file: string, given: FlowRunOptions): Promise<void> {
  const config = configOf({ envFile: given.envFile })
  const source = await readFlow(file)
  const tweaks = await readTweaks(given.tweaks)
  checkTweaks(tweaks, given.input ?? null, 'chat')
  const { catalog } = await import('@runnel/components/catalog')
  const graph = compileGraph(source.data, createRegistry(catalog))
  checkNames(graph, tweaks)
  for (const warning of graph.warnings) process.stderr.write(`runnel: ${warning}\n`)

  const named = given.outputComponent === undefined ? [] : [given.outputComponent]
  const answering = outputNodes(graph, 'chat', named)
  if (named.length > 0 && answering.length === 0) {
    throw new CommandError(`The flow has no node ${given.outputComponent}. Its nodes: ${namesIn(graph)}.`)
  }
  const request = requestOf(graph, source, { given, tweaks, config, also: answering.map(({ index }) => index) })
  const printer = createRunPrinter({
    answering,
    sessionId: request.sessionId,
    input: given.input,
    stream: given.stream === true,
    json: given.json === true,
    write: (text) => void process.stdout.write(text),
  })
  const sandbox = createUserSandbox(config)
  const egress = createEgress(config)
  const ports = createMemoryPorts({
    environment: config.environment,
    newId: randomUUID,
    readFile: readLocalFile,
    http: egress.http,
    sockets: egress.sockets,
    sandbox: sandbox.of(''),
  })
  const abort = new AbortController()
  const cancel = () => abort.abort()
  process.once('SIGINT', cancel)
  // Whoever reads the answer has closed its end: there is nobody left to run for.
  process.stdout.once('error', cancel)
  let failure: NodeFailure | undefined
  try {
    for await (const events of runFlow(graph, request, ports, abort.signal)) {
      for (const event of events) {
        if (event.type === 'node-error') failure ??= event.failure
        printer.show(event)
      }
    }
  } catch (cause) {
    printer.fail(cause)
    if (abort.signal.aborted) throw new CommandError('The run was cancelled.', { cause, exitCode: INTERRUPTED })
    if (!failure) throw cause
    const { displayName, nodeId, reason } = failure
    throw new CommandError(`${displayName} (${nodeId}) failed: ${reason}`, { cause })
  } finally {
    process.off('SIGINT', cancel)
    sandbox.close()
  }
}

interface Asked {
  readonly given: FlowRunOptions
  readonly tweaks: Readonly<Record<string, unknown>>
  readonly config: Pick<Config, 'fallbackToEnvironment'>
  readonly also: readonly number[]
}

function requestOf(graph: Graph, { id }: FlowSource, { given, tweaks, config, also }: Asked): RunRequest {
  const { input, session, stream = false } = given
  const chats = inputNodes(graph, 'chat')
  const inputs = chats.length > 0 ? chats : inputNodes(graph, 'any')
  const start = startNode(graph)
  return {
    runId: randomUUID(),
    flowId: id,
    userId: null,
    sessionId: session ?? id,
    sessionFields: 'all',
    inputValues: new Map(input === undefined ? [] : inputs.map((node) => [node.index, input])),
    inputFiles: [],
    overlay: createOverlay(graph, tweaks, stream),
    requestVariables: new Map(),
    environmentFallback: config.fallbackToEnvironment,
    ...(start !== undefined && { start, also }),
    failFast: true,
    cacheAll: false,
  }
}

const namesIn = ({ nodes }: Graph) => nodes.map(({ id }) => id).join(', ')
