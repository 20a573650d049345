import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { HttpPort } from '@runnel/sdk'
import { z } from 'zod'

/** Where an MCP server is reached, and what it wants to see with every request. */
export interface McpAddress {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | null | undefined
}

const PROTOCOL_VERSION = '2025-06-18'
const MAX_PAGES = 20
const MAX_BYTES = 4 * 1024 * 1024

const Answer = z.object({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
})
const ToolPage = z.object({ tools: z.array(z.looseObject({ name: z.string() })), nextCursor: z.string().optional() })

/**
 * The names of the tools an MCP server offers, asked for over streamable HTTP in a session of its own.
 * @throws AppError `bad_request` for what is no MCP server, and as `HttpPort.fetch`
 */
export async function mcpToolNames(
  http: HttpPort,
  { url, headers }: McpAddress,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let session: Readonly<Record<string, string>> = {}
  let number = 0

  async function send(method: 'POST' | 'DELETE', body?: JsonObject) {
    const types = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }
    const request = { method, headers: { ...headers, ...types, ...session }, maxBytes: MAX_BYTES }
    return http.fetch(url, { ...request, ...(body && { body: JSON.stringify(body) }) }, signal)
  }

  async function call(method: string, params: JsonObject): Promise<JsonObject> {
    const id = ++number
    const answer = await send('POST', { jsonrpc: '2.0', id, method, params })
    if (answer.status < 200 || answer.status >= 300) throw refusal(`it answered ${answer.status}`)
    const given = answer.headers['mcp-session-id']
    if (given) session = { 'mcp-session-id': given }
    const found = messagesIn(Buffer.from(answer.body).toString('utf8')).find((message) => message.id === id)
    const parsed = Answer.safeParse(found)
    if (!parsed.success) throw refusal('what answers there is no MCP server')
    if (parsed.data.error) throw refusal(parsed.data.error.message.slice(0, 200))
    return parsed.data.result ?? {}
  }

  const client = { name: 'runnel', version: '1' }
  await call('initialize', { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo: client })
  try {
    await send('POST', { jsonrpc: '2.0', method: 'notifications/initialized' })
    const names: string[] = []
    let cursor: string | undefined
    for (let page = 1; page <= MAX_PAGES; page++) {
      const parsed = ToolPage.safeParse(await call('tools/list', cursor === undefined ? {} : { cursor }))
      if (!parsed.success) throw refusal('its list of tools cannot be read')
      names.push(...parsed.data.tools.map(({ name }) => name))
      cursor = parsed.data.nextCursor
      if (cursor === undefined) break
    }
    return names
  } finally {
    // Good manners only: the server forgets the session by itself as well.
    if (session['mcp-session-id']) await send('DELETE').catch(() => undefined)
  }
}

/** The JSON-RPC messages of an answer: one JSON document, or the data of server-sent events. */
function messagesIn(text: string): readonly JsonObject[] {
  const documents = text.trimStart().startsWith('{')
    ? [text]
    : text.split(/\r?\n\r?\n/).map((event) =>
        event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5))
          .join('\n'),
      )
  return documents.flatMap((document) => {
    try {
      const message: unknown = JSON.parse(document)
      return isObject(message) ? [message] : []
    } catch {
      // Comments and events of other kinds stand between the messages.
      return []
    }
  })
}

const refusal = (why: string): AppError => new AppError('bad_request', [why])
