import { AppError } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import {
  createMemoryVectors,
  type DatabasesPort,
  type FilesPort,
  type FlowsPort,
  type HttpPort,
  type McpPort,
  type MessageQuery,
  type RunContext,
  type SandboxPort,
  type SocketsPort,
  type StoredFile,
  type VectorsPort,
} from '@runnel/sdk'
import type { ApprovalDecision, ApprovalRequest } from './approved-tool.ts'
import type { NodeResult } from './node-result.ts'

/** What a run needs from outside, handed in by whoever runs it. */
export interface RunPorts {
  readonly messages: {
    /** Keeps a message of a node; it may be written later, but `find` knows it at once. */
    save(message: MessageRecord, nodeId: string): void
    remove(id: string): void
    /** Messages of the flow, errors left out. */
    find(flowId: string, query: MessageQuery): Promise<readonly MessageRecord[]>
  }
  readonly variables: {
    /** The user's variable of that name. */
    get(name: string): Promise<{ readonly value: string; readonly type: 'Credential' | 'Generic' } | undefined>
    /** The environment's, where flows may read it. */
    environment(name: string): string | undefined
  }
  readonly files: FilesPort
  readonly http: HttpPort
  readonly sockets: SocketsPort
  readonly flows: FlowsPort
  readonly mcp: McpPort
  readonly databases: DatabasesPort
  readonly vectors: VectorsPort
  readonly sandbox: SandboxPort
  /** Asks somebody whether a tool may be called; throws where nobody is there to ask. */
  readonly approvals: { ask(request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalDecision> }
  /** Results of frozen nodes. */
  readonly cache: {
    get(nodeId: string): NodeResult | undefined
    set(nodeId: string, result: NodeResult): void
  }
  /** What tokens of a model cost, in US dollars; undefined when its price is not known. */
  readonly costOf: RunContext['costOf']
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** Ports without a server: messages live for the run, no variables but the environment's. */
export function createMemoryPorts(options: {
  readonly environment: (name: string) => string | undefined
  readonly newId: () => string
  readonly now?: () => number
  readonly readFile: (path: string) => Promise<StoredFile>
  /** Other servers cannot be called unless given. */
  readonly http?: HttpPort
  readonly sockets?: SocketsPort
  /** Code of users cannot run unless given. */
  readonly sandbox?: SandboxPort
}): RunPorts {
  const messages = new Map<string, MessageRecord>()
  const cache = new Map<string, NodeResult>()
  return {
    messages: {
      save: (message) => void messages.set(message.id, message),
      remove: (id) => void messages.delete(id),
      find: async (flowId, query) =>
        selectMessages(
          [...messages.values()].filter((row) => row.flow_id === flowId),
          query,
        ),
    },
    variables: { get: async () => undefined, environment: options.environment },
    files: memoryFiles(options.readFile),
    http: options.http ?? noNetwork,
    sockets: options.sockets ?? noSockets,
    flows: noFlows,
    mcp: noMcp,
    databases: noDatabases,
    vectors: createMemoryVectors(),
    sandbox: options.sandbox ?? noSandbox,
    approvals: nobodyToAsk,
    cache: { get: (id) => cache.get(id), set: (id, result) => void cache.set(id, result) },
    costOf: () => undefined,
    now: options.now ?? Date.now,
    newId: options.newId,
  }
}

const noNetwork: HttpPort = {
  async fetch() {
    throw new AppError('bad_request', ['Other servers cannot be called in this run.'])
  },
}

const noSockets: SocketsPort = {
  async guarded() {
    throw new AppError('bad_request', ['Other servers cannot be called in this run.'])
  },
}

const noFlows: FlowsPort = {
  find: async () => undefined,
  async run() {
    throw new AppError('bad_request', ['Other flows cannot be run here: there is only this one.'])
  },
}

const noDatabases: DatabasesPort = {
  async query() {
    throw new AppError('bad_request', ['Databases cannot be asked in this run.'])
  },
}

const noMcp: McpPort = { tools: noServer, call: noServer }
async function noServer(): Promise<never> {
  throw new AppError('bad_request', ['MCP servers cannot be used in this run.'])
}

/** For runs nobody watches. */
export const nobodyToAsk: RunPorts['approvals'] = {
  async ask({ tool }) {
    throw new AppError('approval_impossible', [tool])
  },
}

const noSandbox: SandboxPort = {
  async run() {
    throw new AppError('bad_request', ['Code of users cannot run here.'])
  },
}

/** Files that are saved live for the run, under their names; all others are read from elsewhere. */
function memoryFiles(readElsewhere: (path: string) => Promise<StoredFile>): FilesPort {
  const saved = new Map<string, Uint8Array>()
  return {
    async read(path) {
      const bytes = saved.get(path)
      return bytes ? { name: path, mediaType: 'application/octet-stream', bytes } : readElsewhere(path)
    },
    list: async () => Array.from(saved, ([name, bytes]) => ({ path: name, name, size: bytes.length })),
    async save(name, content) {
      const bytes = await content(saved.get(name))
      saved.set(name, bytes)
      return { path: name, name, size: bytes.length }
    },
  }
}

/** The newest `limit` messages that match, in the wanted order. */
export function selectMessages(messages: readonly MessageRecord[], query: MessageQuery): readonly MessageRecord[] {
  const matching = messages
    .filter(
      (row) =>
        !row.error &&
        (query.session_id === undefined || row.session_id === query.session_id) &&
        (query.context_id === undefined || row.context_id === query.context_id) &&
        (query.sender === undefined || row.sender === query.sender) &&
        (query.sender_name === undefined || row.sender_name === query.sender_name),
    )
    .toSorted((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1))
  const newest = query.limit === undefined ? matching : matching.slice(Math.max(0, matching.length - query.limit))
  return query.order === 'desc' ? newest.toReversed() : newest
}
