import type { ContentBlock, MessageCategory, MessageProperties } from '@runnel/protocol/message'
import { emptyProperties } from '@runnel/protocol/message'
import type { ModelMessage } from './language-model.ts'

/** Records that travel along edges. `kind` tells them apart; the wire forms are made by the engine. */
export interface Message {
  readonly kind: 'message'
  readonly id: string | null
  readonly text: string
  readonly sender: string | null
  readonly sender_name: string | null
  readonly session_id: string
  readonly context_id: string
  /** Paths `FLOW_ID/NAME` of stored files. */
  readonly files: readonly string[]
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly flow_id: string | null
  readonly run_id: string | null
  readonly error: boolean
  readonly edit: boolean
  readonly properties: MessageProperties
  readonly category: MessageCategory
  readonly content_blocks: readonly ContentBlock[]
  /** Keys given to the message that are none of its own. */
  readonly extra: Readonly<Record<string, unknown>>
  /** What a model is asked when this message is its input; set by Prompt, else made from text, sender and files. */
  readonly prompt: readonly ModelMessage[] | null
}

/** A JSON object (`JSON` in files of 1.13, `Data` before). `text_key` names the entry that is its text. */
export interface Data {
  readonly kind: 'data'
  readonly data: Readonly<Record<string, unknown>>
  readonly text_key: string
  readonly default_value: string
}

/** A table (`Table` in files of 1.13, `DataFrame` before): ordered columns, rows with missing values allowed. */
export interface DataFrame {
  readonly kind: 'dataframe'
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly text_key: string
}

export type MessageInit = Partial<Omit<Message, 'kind' | 'text'>>

/** A message with Langflow's defaults; no sender, no id, made now. */
export function message(text: string, init: MessageInit = {}): Message {
  return {
    kind: 'message',
    id: null,
    text,
    sender: null,
    sender_name: null,
    session_id: '',
    context_id: '',
    files: [],
    timestamp: Date.now(),
    flow_id: null,
    run_id: null,
    error: false,
    edit: false,
    properties: emptyProperties,
    category: 'message',
    content_blocks: [],
    extra: {},
    prompt: null,
    ...init,
  }
}

/** A Data holding `entries`. */
export function data(
  entries: Readonly<Record<string, unknown>>,
  { text_key = 'text', default_value = '' }: { readonly text_key?: string; readonly default_value?: string } = {},
): Data {
  return { kind: 'data', data: entries, text_key, default_value }
}

/** A table of `rows`. Columns are the keys of all rows in order of first use, unless given. */
export function dataFrame(
  rows: readonly Readonly<Record<string, unknown>>[],
  { columns, text_key = 'text' }: { readonly columns?: readonly string[]; readonly text_key?: string } = {},
): DataFrame {
  return { kind: 'dataframe', rows, columns: columns ?? columnsOf(rows), text_key }
}

function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  return [...names]
}

// JSON from outside may have a "kind" of its own, so that key alone tells nothing.
export const isMessage = (value: unknown): value is Message =>
  isOfKind(value, 'message') && typeof value.text === 'string' && typeof value.timestamp === 'number'
export const isData = (value: unknown): value is Data =>
  isOfKind(value, 'data') && typeof value.data === 'object' && value.data !== null && typeof value.text_key === 'string'
export const isDataFrame = (value: unknown): value is DataFrame =>
  isOfKind(value, 'dataframe') && Array.isArray(value.rows) && Array.isArray(value.columns)

function isOfKind(value: unknown, kind: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind
}

/** `data[text_key]` as text, or the default. */
export function textOfData({ data: entries, text_key, default_value }: Data): string {
  const text = entries[text_key]
  return typeof text === 'string' ? text : text === undefined || text === null ? default_value : String(text)
}
