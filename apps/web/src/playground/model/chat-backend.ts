import type { Problem } from '../../editor/model/problems.ts'
import type { BuildEvent, WireMessage } from '../../editor/run/build-events.ts'
import type { RunOutcome } from '../../editor/run/node-run.ts'
import type { SessionValue } from '../session-values/session-values.ts'
import type { ChatMessage } from './chat-message.ts'

/** Values of global variables, by their names. */
export type Variables = Readonly<Record<string, string>>

export interface Sent {
  readonly text: string
  readonly sessionId: string
  /** Stored paths. */
  readonly files: readonly string[]
  /** The published version that is asked; the draft unless given. */
  readonly version?: number | undefined
  /** Values of fields for this run alone. */
  readonly values?: readonly SessionValue[]
  /** The same for global variables. */
  readonly variables?: Variables
}

/** What is wrong with an answer: names of reasons, and words. */
export type Reasons = NonNullable<ChatMessage['reasons']>

export interface MessageChange {
  readonly text?: string
  readonly feedback?: boolean | null
  readonly reasons?: Reasons | null
}

export interface SessionRow {
  readonly id: string
  /** Epoch milliseconds of its last message, where known. */
  readonly lastAt: number | undefined
}

/** How a run ended, or why it did not begin. */
export type ChatOutcome = RunOutcome | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

export interface Page {
  /** The oldest first. */
  readonly messages: readonly WireMessage[]
  readonly hasOlder: boolean
}

/** Where a chat's messages are kept and its flow is run: the server of the owner, or the browser of a visitor. */
export interface ChatBackend {
  readonly flowId: string
  /** The one with the latest message first. */
  sessions(): Promise<readonly SessionRow[]>
  /** A page of a session, the newest first page: `skip` messages of its end are left out. */
  messages(sessionId: string, skip: number): Promise<Page>
  /** The ids of sessions in which something was said that holds these words. */
  findSessions(words: string): Promise<ReadonlySet<string>>
  renameSession(from: string, to: string): Promise<void>
  removeSession(sessionId: string): Promise<void>
  updateMessage(id: string, change: MessageChange): Promise<void>
  removeMessages(ids: readonly string[]): Promise<void>
  /** Uploads a file for messages of this flow and tells how far it is, 0 to 1. @returns its stored path */
  readonly upload:
    | ((file: File, onProgress: (share: number) => void, signal: AbortSignal) => Promise<string>)
    | undefined
  /** Runs the flow on what was said. Resolves when the run has ended, however it did. */
  run(sent: Sent): Promise<ChatOutcome>
  stop(): Promise<void>
  /** Hears the events of every run. @returns ends it */
  listen(hear: (event: BuildEvent) => void): () => void
  /** Whether a run goes on, whoever began it. */
  isBusy(): boolean
  onBusy(hear: (isBusy: boolean, isStopped: boolean) => void): () => void
}
