import type { LanguageModel, ModelPart, ModelRequest } from '@runnel/sdk'

/** A reply of a fake model: a text, parts as they are, or an error to throw. */
export type FakeReply = string | readonly ModelPart[] | Error

export interface FakeModel extends LanguageModel {
  /** The requests so far. */
  readonly requests: readonly ModelRequest[]
}

/**
 * A model that gives the replies in turn, the last one for ever. Streamed texts come word by word. Counts one input
 * token for each message and one output token for each word.
 */
export function fakeModel(...replies: readonly FakeReply[]): FakeModel {
  const requests: ModelRequest[] = []
  return {
    kind: 'language-model',
    provider: 'Fake',
    model: 'fake-model',
    requests,
    async *respond(request, signal) {
      signal.throwIfAborted()
      const answer = replies[Math.min(requests.length, replies.length - 1)] ?? ''
      requests.push(request)
      if (answer instanceof Error) throw answer
      if (typeof answer !== 'string') {
        yield* answer
        return
      }
      const words = answer.match(/\s*\S+\s*$|\s*\S+/g) ?? (answer === '' ? [] : [answer])
      for (const text of request.stream ? words : [answer]) {
        signal.throwIfAborted()
        if (text !== '') yield { type: 'text-delta', text }
      }
      const input = request.messages.length
      yield {
        type: 'finish',
        reason: 'stop',
        usage: { input_tokens: input, output_tokens: words.length, total_tokens: input + words.length },
      }
    },
  }
}
