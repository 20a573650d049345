import type { JsonObject } from '@runnel/protocol/json'
import type { MessageRecord, TokenUsage } from '@runnel/protocol/message'
import type { AddUsage, ModelName, SpansPort } from './spans.ts'
import type { Message } from './values.ts'
import type { VectorsPort } from './vectors.ts'

export interface MessageQuery {
  readonly session_id?: string
  readonly context_id?: string
  readonly sender?: string
  readonly sender_name?: string
  readonly order?: 'asc' | 'desc'
  /** The newest so many, then put in `order`. */
  readonly limit?: number
}

export interface MessagesPort {
  /**
   * Shows a message to the user and stores it, when the node is an input or output of the flow or stands next to a
   * Chat Output; else gives it back unchanged. A message with the id of a stored one replaces it.
   */
  send(message: Message): Promise<Message>
  /**
   * As `send`, with a text that arrives in pieces: each is passed on at once; the whole message comes back.
   * With `isShown` the message has been sent as it is, and only the pieces are passed on.
   */
  stream(message: Message, pieces: AsyncIterable<string>, options?: { readonly isShown?: boolean }): Promise<Message>
  /** Passes on what a model thinks before it speaks, to those who follow the run; it is no part of any message. */
  think?(text: string): void
  /** Stores a message without showing it. */
  store(message: Message): Promise<Message>
  /** Messages of this flow, errors left out. */
  find(query: MessageQuery): Promise<readonly MessageRecord[]>
  /** Takes a shown message back. */
  remove(id: string): Promise<void>
}

/** Decides which branches go on. Names are output names of this node. */
export interface RoutesPort {
  /** Nothing behind these outputs runs, until this node runs again. */
  stop(...outputs: string[]): void
  /** When this node is done, the nodes that listen for this name begin anew, with all behind them. */
  notify(name: string): void
}

export interface StoredFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** A file as it is listed. */
export interface FileEntry {
  /** What `read` takes. */
  readonly path: string
  readonly name: string
  /** Bytes. */
  readonly size: number
}

/** Stored files, by the paths clients know. Whatever lies elsewhere is not found. */
export interface FilesPort {
  /** @throws AppError when there is no such file. */
  read(path: string): Promise<StoredFile>
  /** The files of the user, or those of one of the user's flows, by its id. */
  list(folder?: string): Promise<readonly FileEntry[]>
  /**
   * Keeps a file among those of the user and answers its path. `content` is given what the user's file of that name
   * holds, and what it answers takes its place. Writes of one name happen one after the other.
   */
  save(
    name: string,
    content: (existing: Uint8Array | undefined) => Uint8Array | Promise<Uint8Array>,
  ): Promise<FileEntry>
}

export interface HttpRequest {
  /** GET unless given. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For the whole exchange; 30 seconds unless given, at most 5 minutes. */
  readonly timeoutMs?: number
  /** Of the answer, unpacked; 10 MB unless given, at most 100 MB. */
  readonly maxBytes?: number
  /** How many redirects are followed; 5 unless given, and never more. */
  readonly redirects?: number
}

export interface HttpAnswer {
  /** Where the answer came from, after all redirects. */
  readonly url: string
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The answers that led on to another address, first to last. */
  readonly redirects: readonly { readonly url: string; readonly status: number }[]
}

/** The way out to other servers: http and https, to the addresses the operator allows. */
export interface HttpPort {
  /**
   * Any status is an answer.
   * @throws AppError `address_refused` for an address that may not be called; `bad_request` when no answer came, or one
   * that is too long; the signal's reason.
   */
  fetch(url: string, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
}

/** The way out for drivers that open connections themselves, to servers that are not asked over HTTP. */
export interface SocketsPort {
  /**
   * Does a piece of work. Each connection it opens, and each that a driver it started opens later, goes where the
   * operator allows it to go. `hosts` are names whose addresses the driver finds itself.
   * @throws AppError `address_refused` at the first connection to elsewhere; what the work throws
   */
  guarded<Value>(work: () => Promise<Value>, hosts?: readonly string[]): Promise<Value>
}

/** A flow that another one may run. */
export interface FlowInfo {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Its input nodes and their fields a caller may set. */
  readonly inputs: readonly {
    readonly id: string
    readonly displayName: string
    readonly fields: readonly { readonly name: string; readonly label: string; readonly advanced: boolean }[]
  }[]
}

export interface FlowAsked {
  readonly sessionId: string
  /** Values of fields, by node and field. They are values: none is taken for the name of a variable. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Nodes that must run although nothing joins them to the flow's input. */
  readonly nodes?: readonly string[]
}

/** What a node of another flow gave. */
export interface FlowNodeOutputs {
  readonly id: string
  readonly isOutput: boolean
  readonly outputs: ReadonlyMap<string, unknown>
}

/** The other flows of the owner of this one. */
export interface FlowsPort {
  /** By id, endpoint name or name. */
  find(idOrName: string): Promise<FlowInfo | undefined>
  /**
   * Runs a flow as a run of its own, cancelled with `signal`. Gives the nodes that ran, in the order of the flow.
   * @throws AppError of the failure that ended it; `bad_request` when flows run one another too deep.
   */
  run(id: string, asked: FlowAsked, signal: AbortSignal): Promise<readonly FlowNodeOutputs[]>
}

/** What a statement gave. */
export interface DatabaseRows {
  readonly columns: readonly string[]
  readonly rows: readonly JsonObject[]
  /** There are more rows than are given. */
  readonly isCut: boolean
}

/** Databases of users, by their addresses. */
export interface DatabasesPort {
  /**
   * Runs one statement. Data are changed only where the operator allows it.
   * @throws AppError `invalid_field` when the address names no database that can be reached, `address_refused` for one
   * that may not be called, `bad_request` with what the database says of the statement; the signal's reason.
   */
  query(address: string, statement: string, signal: AbortSignal): Promise<DatabaseRows>
}

/** The MCP server a node means. */
export interface McpServerChoice {
  /** One of the servers the owner of the flow has entered. */
  readonly name: string
  /** Where it is reached, when there is none of that name. */
  readonly url?: string
  /** Sent with every request, besides those of the server. */
  readonly headers?: Readonly<Record<string, string>>
  /** false: whoever shows any certificate is believed. */
  readonly verifyCertificate?: boolean
}

/** A tool an MCP server offers. */
export interface McpTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments, an object. */
  readonly inputSchema: JsonObject
}

/** What a tool of an MCP server answered. */
export interface McpAnswer {
  /** Parts such as `{ type: 'text', text }`. */
  readonly content: readonly JsonObject[]
  /** The same as one object, from tools that say what they give. */
  readonly structured?: JsonObject
  readonly isError: boolean
}

/**
 * The MCP servers of the owner of the flow; one session for each conversation.
 * Both throw AppError `invalid_field` for a server there is not, `mcp_command_refused` for a program that may not be
 * started here, `bad_request` when the server does not answer.
 */
export interface McpPort {
  tools(server: McpServerChoice, signal: AbortSignal): Promise<readonly McpTool[]>
  call(
    server: McpServerChoice,
    call: { readonly tool: string; readonly input: JsonObject; readonly timeoutMs?: number },
    signal: AbortSignal,
  ): Promise<McpAnswer>
}

/** Code a user wrote, and what of it runs. */
export interface SandboxProgram {
  /** A module in TypeScript. */
  readonly source: string
  /** The output of the component it exports; the module alone runs, as a script, unless given. */
  readonly output?: string
  /** Values of JSON. */
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly context?: Readonly<Record<string, unknown>>
  /** Functions it may call besides; arguments and answer are values of JSON. */
  readonly lent?: Readonly<Record<string, (args: readonly unknown[], signal: AbortSignal) => Promise<unknown>>>
}

export interface SandboxAnswer {
  /** A value of JSON, whatever the code promised. */
  readonly value: unknown
  /** What it logged; the name of what it wrote to the console is `console`. */
  readonly logs: readonly { readonly name: string; readonly entry: unknown }[]
}

/** Where code that users wrote runs: without files, network and environment, with limits of time and memory. */
export interface SandboxPort {
  /**
   * @throws AppError `user_code_failed` saying what is wrong with the code; what a lent function threw, when the code
   * did not catch it; the signal's reason.
   */
  run(program: SandboxProgram, signal: AbortSignal): Promise<SandboxAnswer>
}

/** The node a component runs as. */
export interface NodeInfo {
  readonly id: string
  readonly type: string
  readonly displayName: string
  readonly description: string
  readonly icon: string | null
  /** The node on the first incoming edge: what a Chat Output names as its source. */
  readonly source: { readonly id: string; readonly displayName: string; readonly model: string | null } | null
  /** A neighbour is a Chat Output, so that text shown by this node is seen. */
  readonly isNextToChatOutput: boolean
  /** Output names with an edge. */
  readonly connectedOutputs: ReadonlySet<string>
  /** The display name a connected Chat Output gives its sender, if any. */
  readonly chatSenderName: string | null
}

/** What a component may use besides its inputs. Every long call takes `signal`. */
export interface RunContext {
  readonly runId: string
  readonly flowId: string
  readonly userId: string | null
  readonly sessionId: string
  readonly node: NodeInfo
  readonly signal: AbortSignal
  readonly messages: MessagesPort
  readonly routes: RoutesPort
  readonly files: FilesPort
  readonly http: HttpPort
  readonly sockets: SocketsPort
  readonly flows: FlowsPort
  readonly mcp: McpPort
  readonly databases: DatabasesPort
  readonly vectors: VectorsPort
  readonly sandbox: SandboxPort
  readonly variables: {
    /** The value of the user's variable, else of the environment variable of that name; undefined when neither is set. */
    get(name: string): Promise<string | undefined>
  }
  /** Lives for one run and is shared by all nodes; keys start with the node's id. */
  readonly state: Map<string, unknown>
  /** One line of the node's log, shown with its output. */
  log(name: string, entry: unknown): void
  /** What the node shows as its state when it is done. */
  setStatus(status: unknown): void
  /** Counts tokens for this node and the run. */
  readonly addUsage: AddUsage
  /** What tokens of a model cost, in US dollars; undefined when its price is not known. */
  readonly costOf: (usage: TokenUsage, of: ModelName) => number | undefined
  /** What the node does inside: model calls, tools, retrievals. */
  readonly spans: SpansPort
}
