import type { ModelPart } from '@runnel/sdk'
import type { Clock } from './attempts.ts'
import type { ChatSettings } from './chat-model.ts'
import { openAiChat } from './openai.ts'

/** What no part and no error may hold. */
export const KEY = 'sk-very-secret'
/** The time of the clock, which stands still. Epoch milliseconds. */
export const NOW = Date.parse('2026-01-01T00:00:00Z')

/** A clock that never waits, and remembers what it was asked for. */
function stillClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now: () => NOW,
    random: () => 0.5,
    async wait(durationMs, signal) {
      signal.throwIfAborted()
      waits.push(durationMs)
    },
  }
}

/** What came of a question. */
export interface Asked {
  readonly parts: readonly ModelPart[]
  readonly error: unknown
  readonly waits: readonly number[]
}

export interface AskOptions extends Partial<ChatSettings> {
  readonly stream?: boolean
  readonly signal?: AbortSignal
  readonly onPart?: (part: ModelPart) => void
}

/** Asks a provider that speaks as OpenAI does; it never waits before it tries again. */
export async function ask(url: string, options: AskOptions = {}): Promise<Asked> {
  const { stream = false, signal = new AbortController().signal, onPart, ...settings } = options
  const clock = stillClock()
  const model = openAiChat({ apiKey: KEY, modelId: 'gpt-4o-mini', baseUrl: url, clock, ...settings })
  const parts: ModelPart[] = []
  try {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] } as const]
    for await (const part of model.respond({ messages, stream }, signal)) {
      parts.push(part)
      onPart?.(part)
    }
    return { parts, error: undefined, waits: clock.waits }
  } catch (error) {
    return { parts, error, waits: clock.waits }
  }
}

/** A busy machine may not even send a request in the time that its answer may take: then once more. */
export async function askUntilHeard(
  server: { readonly url: string; readonly requests: readonly unknown[] },
  options: AskOptions,
): Promise<Asked> {
  for (;;) {
    const asked = await ask(server.url, options)
    if (server.requests.length > 0) return asked
  }
}

/** All text that came. */
export const textOf = ({ parts }: Asked): string =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
/** A piece of text, as it is streamed. */
export const chunk = (text: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`
/** The proper end of a stream. */
export const finish = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
