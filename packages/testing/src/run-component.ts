import { AppError } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import type {
  Component,
  DatabasesPort,
  FlowsPort,
  HttpAnswer,
  HttpRequest,
  McpPort,
  Message,
  MessageQuery,
  NodeInfo,
  RunContext,
  SandboxPort,
  StoredFile,
  VectorsPort,
} from '@runnel/sdk'
import { createMemoryVectors } from '@runnel/sdk'
import { spansInto, type ToldSpan } from './told-spans.ts'

export interface RunComponentOptions {
  readonly sessionId?: string
  readonly node?: Partial<NodeInfo>
  readonly variables?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, StoredFile>>
  /** What other servers answer; nothing answers unless given. A text is the body of a page. */
  readonly http?: (url: string, request: HttpRequest) => string | Partial<HttpAnswer> | Promise<Partial<HttpAnswer>>
  /** The other flows there are; none unless given. */
  readonly flows?: FlowsPort
  /** What databases answer; none does unless given. */
  readonly databases?: DatabasesPort
  /** The MCP servers there are; none unless given. */
  readonly mcp?: McpPort
  /** Where code of users runs; nothing runs unless given. */
  readonly sandbox?: SandboxPort
  /** Messages already stored. */
  readonly history?: readonly MessageRecord[]
  readonly dynamic?: Readonly<Record<string, unknown>>
  /** Collections of vectors; empty ones unless given. */
  readonly vectors?: VectorsPort
  readonly signal?: AbortSignal
  /** Hears of messages taken back, also by a run that fails. */
  readonly onRemove?: (id: string) => void
  readonly state?: Map<string, unknown>
  /** Compute only these outputs; all, in declared order, unless given. */
  readonly outputs?: readonly string[]
  /** Of no model the price is known unless given. */
  readonly costOf?: RunContext['costOf']
}

/** The outputs by name, and what the component did besides: `$sent` messages, `$stopped` outputs, `$logs`, `$usage`. */
export interface ComponentRun extends Readonly<Record<string, unknown>> {
  readonly $sent: readonly Message[]
  readonly $pieces: readonly string[]
  readonly $stored: readonly Message[]
  readonly $stopped: readonly string[]
  /** Names it told those that listen for them. */
  readonly $notified: readonly string[]
  readonly $logs: readonly { readonly name: string; readonly entry: unknown }[]
  /** Files it saved, as text, by name. */
  readonly $saved: Readonly<Record<string, string>>
  readonly $usage: { readonly input_tokens: number; readonly output_tokens: number }
  /** Model calls, tools and retrievals, in the order they began. */
  readonly $spans: readonly ToldSpan[]
}

/** Runs a component alone. Inputs left out have their declared defaults; nothing is coerced. */
export async function runComponent(
  component: Component,
  inputs: Readonly<Record<string, unknown>> = {},
  options: RunComponentOptions = {},
): Promise<ComponentRun> {
  const did = {
    $sent: [] as Message[],
    $pieces: [] as string[],
    $stored: [] as Message[],
    $stopped: [] as string[],
    $notified: [] as string[],
    $logs: [] as { name: string; entry: unknown }[],
    $saved: {} as Record<string, string>,
    $usage: { input_tokens: 0, output_tokens: 0 },
    $spans: [] as ToldSpan[],
  }
  let made = 0
  const keep = (list: Message[], said: Message): Message => {
    const kept = { ...said, id: said.id ?? `message-${++made}` }
    list.push(kept)
    return kept
  }
  const context: RunContext = {
    runId: 'run-1',
    flowId: 'flow-1',
    userId: 'user-1',
    sessionId: options.sessionId ?? '',
    node: {
      id: `${component.type}-test1`,
      type: component.type,
      displayName: component.displayName,
      description: component.description,
      icon: component.icon,
      source: null,
      isNextToChatOutput: false,
      connectedOutputs: new Set(Object.keys(component.outputs)),
      chatSenderName: null,
      ...options.node,
    },
    signal: options.signal ?? new AbortController().signal,
    messages: {
      send: async (said) => keep(did.$sent, said),
      async stream(said, pieces) {
        let text = ''
        for await (const piece of pieces) {
          did.$pieces.push(piece)
          text += piece
        }
        return keep(did.$sent, { ...said, text })
      },
      store: async (said) => keep(did.$stored, said),
      find: async (query) => findIn(options.history ?? [], query),
      remove: async (id) => options.onRemove?.(id),
    },
    routes: {
      stop: (...outputs) => void did.$stopped.push(...outputs),
      notify: (name) => void did.$notified.push(name),
    },
    files: {
      async read(path) {
        const file = options.files?.[path]
        if (!file) throw new AppError('bad_request', [`File ${path} not found`])
        return file
      },
      list: async (folder) =>
        Object.entries(options.files ?? {})
          .filter(([path]) => folder === undefined || path.startsWith(`${folder}/`))
          .map(([path, { name, bytes }]) => ({ path, name, size: bytes.length })),
      async save(name, content) {
        const path = `user-1/${name}`
        const bytes = await content(options.files?.[path]?.bytes)
        did.$saved[name] = new TextDecoder().decode(bytes)
        return { path, name, size: bytes.length }
      },
    },
    http: {
      async fetch(url, request, signal) {
        signal.throwIfAborted()
        const answer = await options.http?.(url, request)
        if (answer === undefined) throw new AppError('bad_request', [`Could not reach ${url}: nothing answers there.`])
        const page = {
          url,
          status: 200,
          headers: { 'content-type': 'text/html' },
          body: new Uint8Array(),
          redirects: [],
        }
        return typeof answer === 'string' ? { ...page, body: new TextEncoder().encode(answer) } : { ...page, ...answer }
      },
    },
    flows: options.flows ?? {
      find: async () => undefined,
      run: async () => [],
    },
    databases: options.databases ?? { query: noServer },
    mcp: options.mcp ?? { tools: noServer, call: noServer },
    vectors: options.vectors ?? createMemoryVectors(),
    sandbox: options.sandbox ?? {
      async run() {
        throw new AppError('user_code_failed', ['There is no sandbox in this test.'])
      },
    },
    // Servers of tests are on this machine.
    sockets: { guarded: (work) => work() },
    variables: { get: async (name) => options.variables?.[name] },
    state: options.state ?? new Map(),
    log: (name, entry) => void did.$logs.push({ name, entry }),
    setStatus: () => {},
    addUsage(usage) {
      did.$usage.input_tokens += usage.input_tokens
      did.$usage.output_tokens += usage.output_tokens
    },
    costOf: (usage, of) => options.costOf?.(usage, of),
    spans: spansInto(did.$spans),
  }
  const defaults = Object.fromEntries(
    Object.entries(component.inputs).map(([name, { attributes, coercion, type }]) => [
      name,
      attributes.value === '' &&
      ((coercion !== 'text' && coercion !== 'any') || type === 'other') &&
      coercion !== 'file'
        ? undefined
        : coercion === 'file' && attributes.value === ''
          ? []
          : attributes.value,
    ]),
  )
  const results: Record<string, unknown> = {}
  for (const [name, output] of Object.entries(component.outputs)) {
    if (options.outputs && !options.outputs.includes(name)) continue
    results[name] = await output.run({ inputs: { ...defaults, ...inputs }, dynamic: options.dynamic ?? {}, context })
  }
  return { ...results, ...did }
}

async function noServer(): Promise<never> {
  throw new AppError('invalid_field', ['There is no server of that name.'])
}

function findIn(history: readonly MessageRecord[], query: MessageQuery): readonly MessageRecord[] {
  const found = history
    .filter(
      (row) =>
        (query.session_id === undefined || row.session_id === query.session_id) &&
        (query.sender === undefined || row.sender === query.sender) &&
        (query.sender_name === undefined || row.sender_name === query.sender_name) &&
        !row.error,
    )
    .toSorted((a, b) => a.timestamp - b.timestamp)
  const newest = query.limit === undefined ? found : found.slice(Math.max(0, found.length - query.limit))
  return query.order === 'desc' ? newest.toReversed() : newest
}
