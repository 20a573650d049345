import type { MessageRecord } from '@runnel/protocol/message'
import type { Message } from './values.ts'

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
  /** As `send`, with a text that arrives in pieces: each is passed on at once; the whole message comes back. */
  stream(message: Message, pieces: AsyncIterable<string>): Promise<Message>
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
}

export interface StoredFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
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
  readonly files: { read(path: string): Promise<StoredFile> }
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
  addUsage(usage: {
    readonly input_tokens: number
    readonly output_tokens: number
    readonly total_tokens: number
  }): void
}
