import { isObject } from '@runnel/protocol/json'
import { type ModelMessage, type ModelRequest, spacedJson } from '@runnel/sdk'
import type { Sending } from './chat-model.ts'
import type { ProviderRequest } from './exchange.ts'

type Write = (request: ModelRequest, sending: Sending) => Promise<ProviderRequest>

/** A longer conversation is not kept in mind: it may hold images, and a model object may live long. */
const LONGEST = 256 * 1024

/**
 * Writes requests of OpenAI's chat completions by `write`, except those that only go on from the one before: an agent's,
 * with the tools it called and what they found. These messages are added to the body that is there, as the SDKs write
 * them, which takes a fraction of the time; an agent does it at each step, and its model waits.
 */
export function continuing(write: Write): Write {
  let last: (Written & { readonly request: ModelRequest }) | undefined
  return async (request, sending) => {
    const added = last && messagesSince(last.request, request)
    const now = last && added ? withMessages(last, added) : { written: await write(request, sending) }
    const mayGoOn = request.tools !== undefined && !request.json && now.written.body.length < LONGEST
    last = mayGoOn ? { ...now, request } : undefined
    return now.written
  }
}

interface Written {
  readonly written: ProviderRequest
  /** The same, as it was before it became text; unless an SDK wrote it. */
  readonly body?: ChatBody
}

interface ChatBody {
  readonly messages: readonly object[]
}

/** What a request says more than an earlier one, in chat completions; undefined unless it is otherwise the same. */
function messagesSince(before: ModelRequest, now: ModelRequest): readonly object[] | undefined {
  const isSame =
    now.tools === before.tools &&
    now.stream === before.stream &&
    now.toolChoice === before.toolChoice &&
    now.json === before.json &&
    now.messages.length >= before.messages.length &&
    before.messages.every((message, at) => message === now.messages[at])
  if (!isSame) return undefined
  const added: object[] = []
  for (const message of now.messages.slice(before.messages.length)) {
    const written = chatMessage(message)
    if (!written) return undefined
    added.push(written)
  }
  return added
}

function chatMessage(message: ModelMessage): object | undefined {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.callId, content: message.output }
  if (message.role !== 'assistant' || !message.toolCalls?.length) return undefined
  const calls: object[] = []
  for (const { id, name, input } of message.toolCalls) {
    // What is no object the SDKs write each in their own way.
    if (!isObject(input)) return undefined
    calls.push({ id, type: 'function', function: { name, arguments: spacedJson(input) } })
  }
  return { role: 'assistant', content: message.content || null, tool_calls: calls }
}

function withMessages(before: Written, added: readonly object[]): Written {
  if (added.length === 0) return before
  // What an SDK wrote for this protocol.
  const known = before.body ?? (JSON.parse(before.written.body) as ChatBody)
  const body = { ...known, messages: [...known.messages, ...added] }
  return { written: { ...before.written, body: JSON.stringify(body) }, body }
}
