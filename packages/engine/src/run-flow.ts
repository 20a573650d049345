import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '@runnel/protocol/errors'
import { buildNode } from './build-node.ts'
import { createChannel } from './channel.ts'
import type { Graph, GraphNode } from './graph.ts'
import { createTrace, givenTo, type NodeTrace, usedBy } from './node-context.ts'
import { errorMessage, nodeFailure, runError } from './node-failure.ts'
import type { NodeResult } from './node-result.ts'
import type { RunPorts } from './ports.ts'
import type { RunEvent, RunListener } from './run-event.ts'
import type { RunRequest, RunScope } from './run-scope.ts'
import { createSchedule, type Schedule } from './schedule.ts'
import { type Selection, selectNodes } from './selection.ts'

/** How often a node of a cycle without a Loop, or one that others wake, may run in one run: ends what would go on for ever. */
const MAX_BUILDS = 1_000
/** How long a cancelled run waits for its components to notice, in milliseconds. */
const SETTLE_MS = 1_000
/** How long a run may compute before other work of the process has its turn, in milliseconds. */
const SLICE_MS = 20

/**
 * Runs a flow: every node once its inputs are ready, branches at the same time. The one function that does.
 * Gives what has happened since the last time, in order: a step of the iteration for each event would cost more than
 * most events. A listener hears each event as it happens, and the iteration gives the last one only; `observe` hears of
 * each before the listener does, except of tokens: they pass by the thousand. Leaving the iteration early, or aborting
 * `outer`, cancels what runs.
 * @throws AppError of the first failed node when the request is `failFast`; `interrupted` when cancelled.
 */
export async function* runFlow(
  graph: Graph,
  request: RunRequest,
  ports: RunPorts,
  outer: AbortSignal,
  listener?: RunListener,
  observe?: (event: RunEvent) => void,
): AsyncGenerator<readonly RunEvent[], void> {
  const { selection, start } = cachedSelection(graph, request)
  const abort = new AbortController()
  const onOuterAbort = () => abort.abort(outer.reason)
  if (outer.aborted) onOuterAbort()
  else outer.addEventListener('abort', onOuterAbort, { once: true })
  const channel = createChannel<RunEvent>()
  let isOver = false
  const told = listener && {
    write(event: RunEvent) {
      if (isOver) return
      try {
        if (event.type !== 'message-delta') observe?.(event)
        listener.hear(event)
      } catch (error) {
        channel.close(error)
      }
    },
    drained: () => listener.drained(),
  }
  const events = told ?? channel
  events.write(start)
  const scope = createScope(graph, request, ports, abort.signal, events)
  const running = startRun(scope, selection, channel.close, abort)
  try {
    for (let batch = await channel.read(); batch; batch = await channel.read()) yield batch
    yield [{ type: 'run-end', results: resultsById(graph, scope.results) }]
  } finally {
    isOver = true
    outer.removeEventListener('abort', onOuterAbort)
    channel.close()
    if (running.count() > 0) {
      abort.abort(new AppError('interrupted', ['The run was cancelled.']))
      await running.ended
    }
  }
}

function createScope(
  graph: Graph,
  request: RunRequest,
  ports: RunPorts,
  signal: AbortSignal,
  channel: { write(event: RunEvent): void; drained(): Promise<void> | undefined },
): RunScope {
  return {
    graph,
    request,
    ports,
    signal,
    state: new Map(),
    results: new Array(graph.nodes.length).fill(undefined),
    emit: channel.write,
    drained: channel.drained,
    fieldOf: (node, field) => request.overlay.get(node.index)?.get(field.name) ?? field,
    async variable(name) {
      const ofRequest = request.requestVariables.get(name.toUpperCase())
      if (ofRequest !== undefined) return { value: ofRequest, type: 'Generic' }
      const ofUser = await ports.variables.get(name)
      if (ofUser) return ofUser
      const ofEnvironment = request.environmentFallback ? ports.variables.environment(name) : undefined
      return ofEnvironment === undefined ? undefined : { value: ofEnvironment, type: 'Generic' }
    },
  }
}

interface Running {
  /** Nodes at work. */
  count(): number
  /** Resolves when none is, or when those of a cancelled run have had their time. */
  readonly ended: Promise<void>
}

/** Starts the first nodes and goes on by itself; `close` is called at the end, with the error of a failed run. */
function startRun(
  scope: RunScope,
  selection: Selection,
  close: (error?: unknown) => void,
  abort: AbortController,
): Running {
  const { graph, request, ports, signal } = scope
  const schedule: Schedule = createSchedule(graph.topology, selection)
  const builds = new Array<number>(graph.nodes.length).fill(0)
  let working = 0
  let hasWoken = false
  let sliceBegan = performance.now()
  let failure: unknown
  const ended = Promise.withResolvers<void>()
  let settling: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(settling)
    close(failure ?? (signal.aborted ? abortError(signal) : undefined))
    ended.resolve()
  }
  // A component may not notice that its run is cancelled.
  const onAbort = () => {
    if (working > 0) settling = setTimeout(end, SETTLE_MS)
  }
  signal.addEventListener('abort', onAbort, { once: true })

  const launch = (index: number): void => {
    working++
    void work(index)
  }

  const work = async (index: number): Promise<void> => {
    try {
      const next = await run(index)
      next.forEach(launch)
    } catch (error) {
      failure ??= error
      if (!signal.aborted) abort.abort(error)
    }
    working--
    if (working > 0) return
    const entrance = failure === undefined && !signal.aborted ? schedule.enterCycle() : []
    if (entrance.length > 0) entrance.forEach(launch)
    else end()
  }

  const run = async (index: number): Promise<readonly number[]> => {
    const node = graph.nodes[index] as GraphNode
    if (performance.now() - sliceBegan > SLICE_MS) {
      await nextTurn()
      sliceBegan = performance.now()
    }
    if (signal.aborted) throw abortError(signal)
    builds[index] = (builds[index] ?? 0) + 1
    if ((builds[index] ?? 0) > MAX_BUILDS && (hasWoken || isEndless(graph, index))) {
      throw new AppError('flow_invalid', [
        `${node.displayName} (${node.id}) ran ${MAX_BUILDS} times in one run. Give its cycle a way to end.`,
      ])
    }
    if (node.isLoop) scope.state.set(`${node.id}:build`, builds[index])
    scope.emit({ type: 'node-start', nodeId: node.id })
    const trace = createTrace()
    const startedAt = ports.now()
    try {
      const { result, stopped } = await buildNode(scope, node, trace)
      // Of a node that is switched off there is no result.
      if (node.disabled !== 'stop') scope.results[index] = result
      const woken = listenersTo(scope, trace.notified)
      hasWoken ||= woken.length > 0
      const next = schedule.finish(index, stopped, woken)
      scope.emit({
        type: 'node-end',
        nodeId: node.id,
        result,
        next: idsOf(graph, next),
        skipped: stopped.size > 0 ? idsOf(graph, schedule.skipped()) : [],
        stopped,
      })
      return next
    } catch (error) {
      if (signal.aborted) throw abortError(signal)
      const failed = nodeFailure(node, error)
      const record = errorMessage(failed, {
        id: ports.newId(),
        flowId: request.flowId,
        runId: request.runId,
        sessionId: request.sessionId,
        timestamp: ports.now(),
      })
      ports.messages.save(record, node.id)
      scope.emit({ type: 'message-add', message: record })
      scope.emit({
        type: 'node-error',
        nodeId: node.id,
        failure: failed,
        result: failedResult(node, startedAt, ports.now(), trace),
      })
      const waited = schedule.fail(index)
      if (request.failFast) throw runError(failed, error)
      return waited
    }
  }

  if (selection.first.length === 0) end()
  selection.first.forEach(launch)
  return {
    count: () => working,
    ended: ended.promise,
  }
}

function failedResult(node: GraphNode, startedAt: number, endedAt: number, trace: NodeTrace): NodeResult {
  return {
    node,
    outputs: new Map(),
    // Those of all outputs: which of them failed is not told.
    logs: new Map(trace.logs.length > 0 ? [[node.outputs[0]?.name ?? '', trace.logs]] : []),
    status: undefined,
    ...givenTo(trace),
    ...usedBy(trace),
    startedAt,
    durationMs: endedAt - startedAt,
    usedFrozenResult: false,
    stopped: new Set(),
  }
}

/** The nodes that wait to be told one of these names. */
function listenersTo(scope: RunScope, names: ReadonlySet<string>): readonly number[] {
  if (names.size === 0) return []
  return scope.graph.nodes.flatMap((node) => {
    const stored = node.fields[node.fieldIndex.get(node.component?.listensTo ?? '') ?? -1]
    const name = stored && scope.fieldOf(node, stored).literal
    return typeof name === 'string' && names.has(name) ? [node.index] : []
  })
}

/** A Loop ends with its data; nothing else that goes round is sure to. */
function isEndless({ nodes, topology: { cycle } }: Graph, index: number): boolean {
  return cycle[index] !== -1 && !nodes.some((node) => node.isLoop && cycle[node.index] === cycle[index])
}

function abortError(signal: AbortSignal): unknown {
  const { reason } = signal
  return reason instanceof AppError
    ? reason
    : new AppError('interrupted', ['The run was cancelled.'], { cause: reason })
}

const idsOf = (graph: Graph, indexes: readonly number[]): readonly string[] =>
  indexes.map((index) => graph.nodes[index]?.id ?? '')

function resultsById(graph: Graph, results: readonly (NodeResult | undefined)[]): ReadonlyMap<string, NodeResult> {
  const byId = new Map<string, NodeResult>()
  for (const { id, index } of graph.nodes) {
    const result = results[index]
    if (result) byId.set(id, result)
  }
  return byId
}

/** What runs, and the event that says so. */
interface Planned {
  readonly selection: Selection
  readonly start: Extract<RunEvent, { readonly type: 'run-start' }>
}

const selections = new WeakMap<Graph, Map<string, Planned>>()

/** What runs depends on the graph and where to begin, so it is worked out once for each. */
function cachedSelection(graph: Graph, { start, stop, also, toAllEnds }: RunRequest): Planned {
  const known = selections.get(graph) ?? new Map<string, Planned>()
  selections.set(graph, known)
  const key = `${start ?? ''}|${stop ?? ''}|${also?.join() ?? ''}|${toAllEnds === true}`
  const found = known.get(key)
  if (found) return found
  const chatInputs = graph.nodes.filter((node) => node.type === 'ChatInput').map((node) => node.index)
  const selection = selectNodes(graph.topology, {
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
    ...(also && { also }),
    ...(toAllEnds && { toAllEnds }),
    chatInputs,
  })
  const kept = graph.nodes.flatMap((node) => (selection.keep[node.index] ? [node.id] : []))
  const made: Planned = { selection, start: { type: 'run-start', first: idsOf(graph, selection.first), kept } }
  known.set(key, made)
  return made
}

/**
 * What a run of this request reaches.
 * @throws AppError `flow_invalid` of a range that does not fit the flow
 */
export const selectionOf = (graph: Graph, request: RunRequest): Selection => cachedSelection(graph, request).selection
