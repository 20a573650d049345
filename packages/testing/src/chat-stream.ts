import { type ProviderReply, replyStream } from './provider-server.ts'

/** Tokens as OpenAI counts them. */
export interface ChatUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
}

/** One event of a streamed chat completion, as OpenAI writes it. */
export const chatChunk = (delta: Readonly<Record<string, unknown>>, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`

/** Pieces of text, then a proper end. */
export const streamText = (pieces: readonly string[], usage?: ChatUsage): ProviderReply =>
  replyStream(...pieces.map((content) => chatChunk({ content })), ...ending('stop', usage))

/** The call of one tool. */
export function streamToolCall(
  name: string,
  input: Readonly<Record<string, unknown>>,
  usage?: ChatUsage,
): ProviderReply {
  const call = { index: 0, id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(input) } }
  return replyStream(chatChunk({ tool_calls: [call] }), ...ending('tool_calls', usage))
}

function ending(reason: string, usage: ChatUsage | undefined): readonly string[] {
  const counted = usage && { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens }
  const counts = counted ? [`data: ${JSON.stringify({ choices: [], usage: counted })}\n\n`] : []
  return [chatChunk({}, reason), ...counts, 'data: [DONE]\n\n']
}
