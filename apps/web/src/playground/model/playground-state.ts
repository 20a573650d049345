import type { StoreApi } from 'zustand/vanilla'
import type { Problem } from '../../editor/model/problems.ts'
import type { SessionValue } from '../session-values/session-values.ts'
import type { ChatBackend, Reasons, SessionRow, Variables } from './chat-backend.ts'
import type { Conversation } from './conversation.ts'
import type { Attachment, Drafts } from './drafts.ts'

/** What is known of the messages of one session. */
export interface Thread {
  readonly messages: Conversation
  readonly load: 'no' | 'loading' | 'loaded' | 'failed'
  readonly hasOlder: boolean
}

/** What was sent and is not yet among the messages. */
export interface Pending {
  readonly sessionId: string
  readonly text: string
  readonly files: readonly string[]
  /** The server has stored what was said; the answer is still to come. */
  readonly isHeard: boolean
}

/** Why what was sent did not run, or broke without a message of the flow. */
export type Trouble =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string }

/** What is to be sent. */
export interface Draft {
  readonly text: string
  readonly attachments: readonly Attachment[]
}

export interface PlaygroundState {
  readonly sessions: readonly SessionRow[]
  readonly sessionsLoad: 'loading' | 'loaded' | 'failed'
  /** The open session. */
  readonly current: string
  readonly threads: ReadonlyMap<string, Thread>
  readonly unread: ReadonlySet<string>
  readonly pending: Pending | undefined
  readonly isBusy: boolean
  /** The published version that answers; undefined: the draft. */
  readonly version: number | undefined
  /** Values of fields for one session alone, by its id; never stored. */
  readonly values: ReadonlyMap<string, readonly SessionValue[]>
  /** The same for global variables. */
  readonly variables: ReadonlyMap<string, Variables>
  /** What is not sent yet, by session. */
  readonly drafts: ReadonlyMap<string, Draft>
  readonly trouble: (Trouble & { readonly sessionId: string }) | undefined
  /** The session whose last run went well and said nothing. */
  readonly unanswered: string | undefined
}

export interface Playground {
  readonly backend: ChatBackend
  readonly store: StoreApi<PlaygroundState>
  readonly drafts: Drafts
  loadSessions(): Promise<void>
  /** Opens a session and reads its messages. */
  open(sessionId: string): void
  /** Reads messages from before the first one shown. */
  loadOlder(): Promise<void>
  /** Sends to the open session. Resolves when the run has ended. @returns false when it did not even begin */
  send(text: string, files: readonly string[]): Promise<boolean>
  /** Sends the draft of the open session; what is not taken is there again. */
  sendDraft(): Promise<void>
  /** Takes the last exchange back and asks the same once more. */
  regenerate(): Promise<void>
  edit(id: string, text: string): Promise<void>
  rate(id: string, feedback: boolean | null, reasons?: Reasons): Promise<void>
  /** Lets a published version answer, or the draft. */
  setVersion(version: number | undefined): void
  /** Gives fields values in the open session alone. */
  setValues(values: readonly SessionValue[]): void
  /** The same for global variables. */
  setVariables(variables: Variables): void
  remove(ids: readonly string[]): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Takes a session out of sight. @returns puts it back */
  hideSession(sessionId: string): () => void
  dismissTrouble(): void
  /** Ends listening to runs. */
  close(): void
}

const noValues: readonly SessionValue[] = []
/** The values of a session. */
export const valuesOf = ({ values }: Pick<PlaygroundState, 'values'>, sessionId: string): readonly SessionValue[] =>
  values.get(sessionId) ?? noValues

const noVariables: Variables = {}
/** The variables of a session. */
export const variablesOf = ({ variables }: Pick<PlaygroundState, 'variables'>, sessionId: string): Variables =>
  variables.get(sessionId) ?? noVariables

const noDraft: Draft = { text: '', attachments: [] }
/** What is not sent yet of a session. */
export const draftOf = ({ drafts }: Pick<PlaygroundState, 'drafts'>, sessionId: string): Draft =>
  drafts.get(sessionId) ?? noDraft

/** Whether an answer is being made in a session, whoever asked for it. */
export function isRunningIn(
  state: Pick<PlaygroundState, 'isBusy' | 'pending' | 'threads'>,
  sessionId: string,
): boolean {
  const { isBusy, pending } = state
  if (!isBusy) return false
  return pending
    ? pending.sessionId === sessionId
    : threadOf(state, sessionId).messages.some((message) => message.state === 'partial')
}

export const noThread: Thread = { messages: [], load: 'no', hasOlder: false }
export const threadOf = ({ threads }: Pick<PlaygroundState, 'threads'>, sessionId: string): Thread =>
  threads.get(sessionId) ?? noThread
