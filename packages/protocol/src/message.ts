/** Tokens of model calls, summed. */
export interface TokenUsage {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly total_tokens: number
}

/** Where a message came from: the node that made it and the model or title it goes by. */
export interface MessageSource {
  readonly id: string | null
  readonly display_name: string | null
  readonly source: string | null
}

/** What is wrong with an answer: names of reasons, and words. */
export interface Feedback {
  readonly reasons: readonly string[]
  readonly text: string
}

export interface MessageProperties {
  readonly text_color: string | null
  readonly background_color: string | null
  readonly edited: boolean
  readonly source: MessageSource
  readonly icon: string | null
  readonly allow_markdown: boolean
  readonly positive_feedback: boolean | null
  /** Why an answer was no good, where somebody said. */
  readonly feedback?: Feedback | null
  readonly state: 'partial' | 'complete'
  readonly targets: readonly unknown[]
  readonly usage: TokenUsage | null
  /** What those tokens cost, in US dollars, where the prices of the models are known. */
  readonly cost?: number
  readonly build_duration: number | null
}

export type MessageCategory = 'message' | 'error' | 'warning' | 'info'

/** One step of an answer as shown in the playground; `contents` items carry `type` and what that type needs. */
export interface ContentBlock {
  readonly title: string
  readonly contents: readonly Readonly<Record<string, unknown>>[]
  readonly allow_markdown: boolean
  readonly media_url: readonly string[] | null
}

/** One utterance as it is stored. Times are epoch milliseconds; the wire forms are made by the server. */
export interface MessageRecord {
  readonly id: string
  readonly flow_id: string | null
  readonly run_id: string | null
  readonly session_id: string
  readonly context_id: string
  readonly timestamp: number
  readonly sender: string
  readonly sender_name: string
  readonly text: string
  readonly files: readonly string[]
  readonly error: boolean
  readonly edit: boolean
  readonly properties: MessageProperties
  readonly category: MessageCategory
  readonly content_blocks: readonly ContentBlock[]
}

export const emptyProperties: MessageProperties = {
  text_color: null,
  background_color: null,
  edited: false,
  source: { id: null, display_name: null, source: null },
  icon: null,
  allow_markdown: false,
  positive_feedback: null,
  state: 'complete',
  targets: [],
  usage: null,
  build_duration: null,
}
