import { errorFacts } from '@runnel/client'
import i18next from 'i18next'
import { errorSentence } from '../../i18n/error-sentences.ts'
import type { ApprovalAction } from './asked-approvals.ts'
import type { ShownOutput } from './node-run.ts'

/** A message of a conversation as events and the monitor say it. */
export interface WireMessage {
  readonly id?: string
  readonly timestamp?: string
  readonly sender?: string | null
  readonly sender_name?: string | null
  readonly session_id?: string
  readonly text?: string
  /** The monitor writes the list as JSON into a text. */
  readonly files?: readonly unknown[] | string
  readonly category?: string
  readonly error?: boolean
  readonly edit?: boolean
  readonly properties?: {
    readonly source?: {
      readonly id?: string | null
      readonly display_name?: string | null
      readonly source?: string | null
    }
    readonly state?: string
    readonly [unknown: string]: unknown
  }
  readonly content_blocks?: readonly unknown[]
  readonly [unknown: string]: unknown
}

/** The events of a build the editor knows; others are only written down (`otherEvent`). */
export type BuildEvent =
  | {
      readonly event: 'vertices_sorted'
      readonly data: { readonly ids: readonly string[]; readonly to_run: readonly string[] }
    }
  | { readonly event: 'build_start'; readonly data: { readonly id?: string } }
  | { readonly event: 'build_end'; readonly data: { readonly id: string } }
  | { readonly event: 'add_message' | 'error'; readonly data: WireMessage }
  | {
      readonly event: 'token'
      readonly data: { readonly id: string; readonly chunk: string; readonly timestamp?: string }
    }
  | { readonly event: 'remove_message'; readonly data: { readonly id: string } }
  | {
      readonly event: 'end_vertex'
      readonly data: {
        readonly build_data: {
          readonly id: string
          readonly valid: boolean
          readonly params: string
          /** When it ended, by the clock of the server. */
          readonly timestamp?: string
          readonly inactivated_vertices?: readonly string[] | null
          readonly next_vertices_ids?: readonly string[]
          readonly data: {
            readonly outputs: Readonly<Record<string, ShownOutput>>
            readonly results?: Readonly<Record<string, unknown>>
            readonly logs?: Readonly<Record<string, unknown>>
            readonly duration?: string
            /** Seconds. */
            readonly timedelta?: number | null
            readonly used_frozen_result?: boolean
            readonly token_usage?: { readonly total_tokens?: number | null } | null
            /** US dollars; absent when no price is known. */
            readonly cost?: number
          }
        }
      }
    }
  | {
      readonly event: 'human_input_required'
      readonly data: {
        readonly request_id: string
        readonly node_id: string
        readonly tool_name: string
        readonly tool_input: Readonly<Record<string, unknown>>
        readonly allowed_decisions: readonly ApprovalAction[]
      }
    }
  | { readonly event: 'human_input_resolved'; readonly data: { readonly request_id: string } }
  | { readonly event: 'end'; readonly data: { readonly cancelled?: boolean; readonly build_duration?: number } }

const KNOWN: ReadonlySet<string> = new Set<BuildEvent['event']>([
  'vertices_sorted',
  'build_start',
  'build_end',
  'add_message',
  'error',
  'token',
  'remove_message',
  'end_vertex',
  'human_input_required',
  'human_input_resolved',
  'end',
])

/** An event of a kind the editor does not know, as it came. */
export interface OtherEvent {
  readonly event: string
  readonly data: unknown
}

/** The event when the editor does not know its kind: a newer server tells more. */
export const otherEvent = (event: { readonly event: string; readonly data?: unknown }): OtherEvent | undefined =>
  KNOWN.has(event.event) ? undefined : { event: event.event, data: event.data }

/** Reads the events of a build as they come: one JSON object per line, blank lines between. */
export async function* readBuildStream(response: Response): AsyncGenerator<BuildEvent, void> {
  if (!response.ok || !response.body) throw new Error(await problemOf(response))
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      // The server is ours, and unknown events are ignored by whoever reads them.
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as BuildEvent
    }
    if (rest.trim() !== '') yield JSON.parse(rest) as BuildEvent
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function problemOf(response: Response): Promise<string> {
  const facts = errorFacts(response.headers)
  // Only what began before the server did is unknown to it: nobody can answer for it any more.
  if (facts.code === 'build_job_not_found') return i18next.t('common:unanswered.restarted')
  const told = await errorSentence(facts)
  if (told !== undefined) return told
  const body: unknown = await response.json().catch(() => undefined)
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
  return typeof detail === 'string' ? detail : `${response.status} ${response.statusText}`
}
