import type { TokenUsage } from '@runnel/protocol/message'

/** A model of a provider, both as users name them: `OpenAI` and `gpt-5`. */
export interface ModelName {
  readonly provider: string
  readonly model: string
}

/** Counts tokens; `of` says of which model they are, as far as that is known. */
export type AddUsage = (usage: TokenUsage, of?: ModelName) => void

/** Something a component does that is worth its own line in a trace. */
export interface SpanStart {
  readonly kind: 'model' | 'tool' | 'retriever'
  readonly name: string
  /** What it is given. Long texts are cut when it is kept. */
  readonly input: unknown
  readonly model?: ModelName & { readonly settings?: Readonly<Record<string, unknown>> | undefined }
  /** The node a tool belongs to. */
  readonly nodeId?: string | undefined
}

/** How it ended. */
export interface SpanEnd {
  readonly output?: unknown
  readonly usage?: TokenUsage | null
  /** Attempts after the first. */
  readonly retries?: number
  /** What went wrong, when something did. */
  readonly error?: string
}

export interface OpenSpan {
  /** For what happens as a part of it. */
  readonly spans: SpansPort
  end(how: SpanEnd): void
}

/** Takes note of what a component does: model calls, tools, retrievals. */
export interface SpansPort {
  start(span: SpanStart): OpenSpan
}

/** Takes no note. */
export const noSpans: SpansPort = { start: () => unkept }
const unkept: OpenSpan = { spans: noSpans, end: () => {} }
