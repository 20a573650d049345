import type { ModelMessage, ModelRequest } from '@runnel/sdk'
import type { Sending } from './chat-model.ts'
import type { ProviderRequest } from './exchange.ts'

type Write = (request: ModelRequest, sending: Sending) => Promise<ProviderRequest>

/** A request whose texts are still to come: they stand between the pieces of its body. */
interface Template {
  readonly request: ProviderRequest
  readonly pieces: readonly string[]
}

const MOST_TEMPLATES = 200
/** Longer conversations come in too many kinds. */
const MOST_MESSAGES = 8

/** By kind of request; false for those whose bodies hold more of their texts than the texts. The oldest make room. */
const templates = new Map<string, Template | false>()

/**
 * Writes requests of OpenAI's chat completions by `write`, except those of plain texts that differ from an earlier one in
 * their texts alone: these are put into what was written then, in a fraction of the time. Most calls of most flows are
 * such, each with a model object of its own.
 * @param settings of the model, all that shape a request, its key too; asked for once
 */
export function fillingIn(write: Write, settings: () => string): Write {
  let own: string | undefined
  return async (request, sending) => {
    const texts = textsOf(request)
    if (!texts) return write(request, sending)
    own ??= settings()
    const kind = `${request.stream} ${request.messages.map(({ role }) => role).join(' ')} ${own}`
    let template = templates.get(kind)
    if (template === undefined) {
      template = await templateOf(request, (blank) => write(blank, sending))
      templates.set(kind, template)
      const [oldest] = templates.size > MOST_TEMPLATES ? templates.keys() : []
      if (oldest !== undefined) templates.delete(oldest)
    }
    return template ? filled(template, texts) : write(request, sending)
  }
}

/** The texts of a request that is nothing but texts; some write an empty one in their own way. */
function textsOf({ messages, tools, toolChoice, json }: ModelRequest): readonly string[] | undefined {
  if (tools || toolChoice || json || messages.length > MOST_MESSAGES) return undefined
  const texts: string[] = []
  for (const message of messages) {
    const text = textOf(message)
    if (!text) return undefined
    texts.push(text)
  }
  return texts
}

function textOf(message: ModelMessage): string | undefined {
  switch (message.role) {
    case 'system':
      return message.content
    case 'user': {
      const [part, ...others] = message.content
      return part?.type === 'text' && others.length === 0 ? part.text : undefined
    }
    case 'assistant':
      return message.toolCalls?.length ? undefined : message.content
    default:
      return undefined
  }
}

const placeOf = (index: number): string => `the text of message ${index} stands here`

async function templateOf(
  { messages, stream }: ModelRequest,
  write: (request: ModelRequest) => Promise<ProviderRequest>,
): Promise<Template | false> {
  const request = await write({ stream, messages: messages.map(({ role }, index) => blank(role, placeOf(index))) })
  const pieces: string[] = []
  let rest = request.body
  for (const index of messages.keys()) {
    const [before = '', after, ...more] = rest.split(JSON.stringify(placeOf(index)))
    if (after === undefined || more.length > 0) return false
    pieces.push(before)
    rest = after
  }
  return { request, pieces: [...pieces, rest] }
}

function blank(role: ModelMessage['role'], text: string): ModelMessage {
  if (role === 'user') return { role, content: [{ type: 'text', text }] }
  return role === 'system' ? { role, content: text } : { role: 'assistant', content: text }
}

function filled({ request, pieces }: Template, texts: readonly string[]): ProviderRequest {
  let [body = ''] = pieces
  for (const [index, text] of texts.entries()) body += JSON.stringify(text) + pieces[index + 1]
  return { ...request, body }
}
