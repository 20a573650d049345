import type { TokenUsage } from '@runnel/protocol/message'
import { noSpans, type OpenSpan, type SpanEnd, type SpanStart, type SpansPort } from '@runnel/sdk'
import { cutPayload, type KnownCuts } from './cut-payload.ts'

/** A model call, a tool or a retrieval inside a node. */
export interface Span extends Pick<SpanStart, 'kind' | 'name' | 'model' | 'nodeId'> {
  /** The span it is a part of, by its place in the list; null for one of the node itself. */
  readonly parent: number | null
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** Null while it goes on: of a node that was cut off. */
  readonly durationMs: number | null
  readonly input: unknown
  readonly output?: unknown
  readonly usage?: TokenUsage
  /** Attempts after the first. */
  readonly retries?: number
  readonly error?: string
}

export interface SpanLog {
  /** Where the spans of the node begin. */
  readonly root: SpansPort
  /** In the order they began. */
  read(): readonly Span[]
}

/** The most spans of one node, and characters of what they were given and gave: what comes later is left out. */
const MOST_SPANS = 200
const MOST_CHARACTERS = 400_000

/**
 * Keeps what a node does inside, with long texts cut: nothing large is held for the sake of a trace. What a span was
 * given is cut in the next turn of the event loop, while a model or a tool is at work with it.
 */
export function createSpanLog(now: () => number): SpanLog {
  const spans: Span[] = []
  const uncut: number[] = []
  const known: KnownCuts = new WeakMap()
  let left = MOST_CHARACTERS
  const kept = (value: unknown): unknown => {
    const { value: cut, characters } = cutPayload(value, left, known)
    left -= characters
    return cut
  }
  const cutInputs = (): void => {
    for (const place of uncut.splice(0)) {
      const span = spans[place]
      if (span) spans[place] = { ...span, input: kept(span.input) }
    }
  }
  const under = (parent: number | null): SpansPort => ({
    start({ input, ...span }: SpanStart): OpenSpan {
      if (spans.length >= MOST_SPANS) return { spans: noSpans, end: () => {} }
      const place = spans.length
      const began = performance.now()
      const open: Span = { ...span, parent, startedAt: now(), durationMs: null, input }
      if (uncut.length === 0) setImmediate(cutInputs)
      uncut.push(place)
      spans.push(open)
      return {
        spans: under(place),
        end(how) {
          cutInputs()
          spans[place] = ended(spans[place] ?? open, performance.now() - began, how, kept)
        },
      }
    },
  })
  return {
    root: under(null),
    read() {
      cutInputs()
      return spans
    },
  }
}

const ended = (open: Span, durationMs: number, how: SpanEnd, kept: (value: unknown) => unknown): Span => ({
  ...open,
  durationMs,
  ...(how.output !== undefined && { output: kept(how.output) }),
  ...(how.usage && { usage: how.usage }),
  ...(how.retries && { retries: how.retries }),
  ...(how.error !== undefined && { error: how.error.slice(0, 4000) }),
})
