import type { MessageRecord, TokenUsage } from '@runnel/protocol/message'
import {
  follow,
  forEachOf,
  type Message,
  type MessagesPort,
  type NodeInfo,
  type RunContext,
  type ToolCaller,
} from '@runnel/sdk'
import type { Graph, GraphNode } from './graph.ts'
import { toRecord } from './message-record.ts'
import { addModelUsage, type ModelUsage } from './model-usage.ts'
import type { NodeInputs } from './node-inputs.ts'
import type { LogEntry, NodeResult } from './node-result.ts'
import type { RunScope } from './run-scope.ts'
import { createSpanLog, type SpanLog } from './span-log.ts'

/** What a node did while it ran, besides its outputs. */
export interface NodeTrace {
  readonly stopped: Set<string>
  /** Names it told those that listen for them. */
  readonly notified: Set<string>
  readonly logs: LogEntry[]
  status: unknown
  /** What it was given, once that is known. */
  given: NodeInputs | undefined
  usage: TokenUsage | null
  /** Made when the first is told. */
  models: readonly ModelUsage[] | undefined
  spans: SpanLog | undefined
}

export const createTrace = (): NodeTrace => ({
  stopped: new Set(),
  notified: new Set(),
  logs: [],
  status: undefined,
  given: undefined,
  usage: null,
  models: undefined,
  spans: undefined,
})

export interface ContextOptions {
  /** Runs as a tool: what it says is not shown. */
  readonly silent?: boolean
  /** Who calls it as a tool: what it uses is told there. */
  readonly caller?: ToolCaller | undefined
}

/** Everything a component may use, for one run of one node. */
export function createContext(
  scope: RunScope,
  node: GraphNode,
  trace: NodeTrace,
  options: ContextOptions = {},
): RunContext {
  const { request, ports } = scope
  return {
    runId: request.runId,
    flowId: request.flowId,
    userId: request.userId,
    sessionId: request.sessionId,
    signal: scope.signal,
    state: scope.state,
    // Not a getter: V8 keeps what each new getter can see, the whole run, until it collects all of its memory.
    node: nodeInfo(node, scope),
    messages: messagesPort(scope, node, options.silent ?? false),
    routes: {
      stop(...outputs) {
        for (const output of outputs) trace.stopped.add(output)
      },
      notify(name) {
        trace.notified.add(name)
      },
    },
    files: ports.files,
    http: ports.http,
    sockets: ports.sockets,
    flows: ports.flows,
    mcp: ports.mcp,
    databases: ports.databases,
    vectors: ports.vectors,
    sandbox: ports.sandbox,
    variables: {
      async get(name) {
        const found = await scope.variable(name)
        return found?.value ?? (request.componentEnvironment ? ports.variables.environment(name) : undefined)
      },
    },
    log(name, message) {
      trace.logs.push({ name, message, type: typeof message === 'string' ? 'text' : 'object', at: ports.now() })
    },
    setStatus(status) {
      trace.status = status
    },
    addUsage: options.caller
      ? options.caller.addUsage
      : (usage, of) => {
          trace.usage = sumUsage(trace.usage, usage)
          if (of) trace.models = addModelUsage(trace.models, usage, of)
        },
    costOf: ports.costOf,
    spans: options.caller?.spans ?? {
      start(span) {
        trace.spans ??= createSpanLog(ports.now)
        return trace.spans.root.start(span)
      },
    },
  }
}

/** What a node used, as its result says it. */
export const usedBy = ({ usage, models, spans }: NodeTrace): Pick<NodeResult, 'usage' | 'models' | 'spans'> => ({
  usage,
  ...(models && { models }),
  ...(spans && { spans: spans.read() }),
})

/** What a node was given, as its result holds it. */
export const givenTo = ({ given }: NodeTrace): Pick<NodeResult, 'inputs' | 'credentials'> => ({
  inputs: { ...given?.inputs, ...given?.dynamic },
  ...(given?.credentials && { credentials: given.credentials }),
})

/** Adds token counts; null counts nothing. */
export function sumUsage(a: TokenUsage | null, b: TokenUsage | null): TokenUsage | null {
  if (!a || !b) return a ?? b
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  }
}

const infos = new WeakMap<GraphNode, NodeInfo>()

/** What is to be known of a node; worked out once unless this run changes its neighbours. */
function nodeInfo(node: GraphNode, scope: RunScope): NodeInfo {
  const { graph, request } = scope
  const before = graph.nodes[graph.edges[node.incoming[0] ?? -1]?.source ?? -1]
  const chat = chatBehind(graph, node)
  const { overlay } = request
  if (overlay.has(before?.index ?? -1) || overlay.has(chat?.index ?? -1)) return readInfo(node, before, chat, scope)
  const known = infos.get(node) ?? readInfo(node, before, chat, scope)
  infos.set(node, known)
  return known
}

function chatBehind({ nodes, edges }: Graph, { outgoing }: GraphNode): GraphNode | undefined {
  for (const position of outgoing) {
    const next = nodes[edges[position]?.target ?? -1]
    if (next?.type === 'ChatOutput') return next
  }
  return undefined
}

function readInfo(
  node: GraphNode,
  before: GraphNode | undefined,
  chat: GraphNode | undefined,
  scope: RunScope,
): NodeInfo {
  const literal = (of: GraphNode | undefined, field: string) => {
    const stored = of?.fields[of.fieldIndex.get(field) ?? -1]
    const value = of && stored ? scope.fieldOf(of, stored).literal : undefined
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    id: node.id,
    type: node.type,
    displayName: node.displayName,
    description: node.description,
    icon: node.icon,
    source: before
      ? {
          id: before.id,
          displayName: before.displayName,
          model: modelOf(before, scope) ?? literal(before, 'model_name'),
        }
      : null,
    isNextToChatOutput: node.isNextToChatOutput,
    connectedOutputs: new Set(node.outgoing.map((position) => scope.graph.edges[position]?.output ?? '')),
    chatSenderName: literal(chat, 'sender_name'),
  }
}

/** The name in a `model` field: a text, or the first of a list of choices. */
function modelOf(node: GraphNode, scope: RunScope): string | null {
  const stored = node.fields[node.fieldIndex.get('model') ?? -1]
  if (stored?.coercion !== 'model') return null
  const value = scope.fieldOf(node, stored).literal
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return first === '' ? null : first
  const name = typeof first === 'object' && first !== null ? (first as { name?: unknown }).name : undefined
  return typeof name === 'string' ? name : null
}

function messagesPort(scope: RunScope, node: GraphNode, silent: boolean): MessagesPort {
  const { request, ports } = scope
  const isHeard = !silent && (node.role !== null || node.isNextToChatOutput)
  const complete = (said: Message): Message => ({
    ...said,
    id: said.id ?? ports.newId(),
    session_id: said.session_id || request.sessionId,
    sender: said.sender || 'Machine',
    sender_name: said.sender_name || 'AI',
    flow_id: request.flowId,
    run_id: request.runId,
    timestamp: said.id === null ? ports.now() : said.timestamp,
  })
  const keep = (said: Message): MessageRecord => {
    const record = toRecord(said, said.id ?? ports.newId())
    ports.messages.save(record, node.id)
    return record
  }
  return {
    async send(said) {
      if (silent || !(isHeard || said.error)) return said
      const whole = complete(said)
      scope.emit({ type: 'message-add', message: keep(whole) })
      return whole
    },
    async stream(said, pieces, { isShown = false } = {}) {
      if (!isHeard) return { ...said, text: await joined(pieces) }
      const opening = complete({ ...said, text: '', properties: { ...said.properties, state: 'partial' } })
      const { timestamp } = opening
      const messageId = opening.id ?? ''
      const record = keep(opening)
      if (!isShown) scope.emit({ type: 'message-add', message: record })
      let text = ''
      let isAborted = scope.signal.aborted
      const onAbort = () => {
        isAborted = true
        // A component that does not notice the end of the run must not lose what was said.
        keep({ ...opening, text })
      }
      const wanted = () => (isAborted ? false : undefined)
      scope.signal.addEventListener('abort', onAbort, { once: true })
      try {
        await follow(pieces, (piece) => {
          text += piece
          scope.emit({ type: 'message-delta', messageId, nodeId: node.id, text: piece, timestamp })
          const drained = scope.drained()
          return drained ? drained.then(wanted) : wanted()
        })
        if (isAborted) scope.signal.throwIfAborted()
      } catch (error) {
        // What was said so far stays in the conversation, marked as unfinished; who said nothing is not in it.
        if (text === '' && !isShown) ports.messages.remove(messageId)
        else keep({ ...opening, text, error: !scope.signal.aborted })
        throw error
      } finally {
        scope.signal.removeEventListener('abort', onAbort)
      }
      const whole: Message = { ...opening, text, properties: { ...opening.properties, state: 'complete' } }
      keep(whole)
      return whole
    },
    think(text) {
      if (isHeard) scope.emit({ type: 'reasoning-delta', nodeId: node.id, text })
    },
    async store(said) {
      const whole = complete(said)
      keep(whole)
      return whole
    },
    find: (query) => ports.messages.find(request.flowId, query),
    async remove(id) {
      ports.messages.remove(id)
      scope.emit({ type: 'message-remove', messageId: id })
    },
  }
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  await forEachOf(pieces, (piece) => {
    text += piece
  })
  return text
}
