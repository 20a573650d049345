import http from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Readonly<Record<string, unknown>>

/** A request for an answer, as the server read it. */
export interface ChatRequestSeen {
  readonly path: string
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly text: string }[]
  /** Names of the tools that were offered. */
  readonly tools: readonly string[]
}

export interface ChatServer extends AsyncDisposable {
  /** Where OpenAI's API would be, `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly requests: readonly ChatRequestSeen[]
}

/**
 * A provider on loopback that speaks OpenAI's chat completions and embeddings, streams and tool calls included, and
 * whose answers follow from the request alone. `use NAME {JSON}` in the last message of the user has it call that tool
 * once; a tool it must call, or a schema, is filled with the smallest value that fits; else it says, or calls, what
 * `answer` makes of the last message.
 */
export async function chatServer(answer: ChatAnswer = (asked) => `The model says: ${asked}`): Promise<ChatServer> {
  const requests: ChatRequestSeen[] = []
  const server = http.createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const body: Json = text === '' ? {} : JSON.parse(text)
    const path = request.url ?? ''
    if (path.endsWith('/embeddings')) {
      const data = listOf(body.input).map((input, index) => ({ index, embedding: bagOfWords(String(input)) }))
      sendJson(response, { object: 'list', model: body.model, data, usage: { prompt_tokens: 1, total_tokens: 1 } })
      return
    }
    const messages = objectsOf(body.messages).map(({ role, content }) => ({
      role: String(role),
      text: textOf(content),
    }))
    const tools = objectsOf(body.tools).map((tool) => Object(tool.function) as Json)
    requests.push({ path, model: String(body.model), messages, tools: tools.map(({ name }) => String(name)) })
    const reply = replyTo(body, messages, tools, answer)
    if (body.stream === true) sendStream(response, reply)
    else sendJson(response, completion(reply))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server listening on a port has no other form of address
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A text, or the call of a tool; `input` is JSON. */
export type ChatAnswer = (asked: string, role: string) => string | ToolCall

interface ToolCall {
  readonly name: string
  readonly input: string
}

interface Reply {
  readonly text: string
  readonly call?: ToolCall
}

function replyTo(body: Json, messages: ChatRequestSeen['messages'], tools: readonly Json[], answer: ChatAnswer): Reply {
  const schemaOf = (name: string) => Object(tools.find((tool) => tool.name === name)?.parameters) as Json
  const forced = Object(Object(body.tool_choice).function).name ?? (body.tool_choice === 'required' && tools[0]?.name)
  if (typeof forced === 'string') {
    return { text: '', call: { name: forced, input: JSON.stringify(smallest(schemaOf(forced))) } }
  }
  const schema = Object(Object(body.response_format).json_schema).schema
  if (schema) return { text: JSON.stringify(smallest(schema)) }
  const last = messages.at(-1)
  const asked = messages.findLast(({ role }) => role === 'user')?.text ?? ''
  const [, name = '', input = '{}'] = /\buse ([\w-]+) (\{.*?\})(?=\s|$|[.,])/s.exec(asked) ?? []
  if (last?.role === 'user' && tools.some((tool) => tool.name === name)) return { text: '', call: { name, input } }
  const said = answer(last?.text ?? '', last?.role ?? '')
  return typeof said === 'string' ? { text: said } : { text: '', call: said }
}

/** The smallest value that fits a JSON schema. */
export function smallest(schema: unknown, root: unknown = schema): unknown {
  const { $ref, enum: options, const: only, anyOf, allOf, type, properties, items } = Object(schema) as Json
  if (typeof $ref === 'string') {
    const found = $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((held, key) => Object(held)[key], root)
    return smallest(found, root)
  }
  if (only !== undefined) return only
  const choices = [
    ...listOf(options),
    ...listOf(anyOf).map((one) => smallest(one, root)),
    ...listOf(allOf).map((one) => smallest(one, root)),
  ]
  if (choices.length > 0) return choices[0]
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(Object.entries(Object(properties)).map(([name, one]) => [name, smallest(one, root)]))
    case 'array':
      return [smallest(items, root)]
    case 'integer':
    case 'number':
      return 7
    case 'boolean':
      return true
    default:
      return 'word'
  }
}

const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
const callOf = ({ name, input }: NonNullable<Reply['call']>) => ({
  id: `call-${name}`,
  type: 'function',
  function: { name, arguments: input },
})

function completion({ text, call }: Reply) {
  const message = { role: 'assistant', content: call ? null : text, ...(call && { tool_calls: [callOf(call)] }) }
  const choice = { index: 0, message, finish_reason: call ? 'tool_calls' : 'stop' }
  return { id: 'chat-1', object: 'chat.completion', created: 0, model: 'm', choices: [choice], usage: USAGE }
}

function sendStream(response: http.ServerResponse, { text, call }: Reply): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (delta: object, finish_reason: string | null = null, more: object = {}) => {
    const chunk = { id: 'chat-1', object: 'chat.completion.chunk', created: 0, model: 'm' }
    response.write(`data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`)
  }
  if (call) send({ role: 'assistant', tool_calls: [{ index: 0, ...callOf(call) }] })
  for (const content of text.match(/\s*\S+\s*/g) ?? []) send({ content })
  send({}, call ? 'tool_calls' : 'stop', { usage: USAGE })
  response.end('data: [DONE]\n\n')
}

function sendJson(response: http.ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const objectsOf = (value: unknown): readonly Json[] => listOf(value).map((one) => Object(one) as Json)
const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : objectsOf(content)
        .map(({ text }) => String(text ?? ''))
        .join('\n')

const DIMENSIONS = 64

/** Texts of the same words are close to each other. */
function bagOfWords(text: string): readonly number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0)
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    let hash = 0
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % DIMENSIONS
    vector[hash] = (vector[hash] ?? 0) + 1
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((entry) => entry / length)
}
