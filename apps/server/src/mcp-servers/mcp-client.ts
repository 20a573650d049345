import type { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { McpAnswer, McpTool } from '@runnel/sdk'
import { z } from 'zod'
import { type McpReceiver, type McpTransport, mcpFailure } from './mcp-transport.ts'

const PROTOCOL_VERSION = '2025-06-18'
const MAX_PAGES = 20
/** For what nobody waits for. */
const ASIDE_MS = 5000
const METHOD_UNKNOWN = -32601

/** A session with an MCP server. */
export interface McpClient {
  readonly mode: McpTransport['mode']
  /** True once the server is gone: a new session is needed. */
  readonly isClosed: boolean
  /** @throws AppError `bad_request` when the server gives none that can be read, or the signal's reason. */
  tools(signal: AbortSignal): Promise<readonly McpTool[]>
  /** A tool that fails is an answer. @throws AppError `bad_request` when there is none, or the signal's reason. */
  call(tool: string, input: JsonObject, signal: AbortSignal): Promise<McpAnswer>
  close(): Promise<void>
}

const Initialized = z.object({ protocolVersion: z.string() })
const Page = z.object({
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullish(),
      inputSchema: z.record(z.string(), z.unknown()).default({ type: 'object' }),
    }),
  ),
  nextCursor: z.string().nullish(),
})
const Called = z.object({
  content: z.array(z.record(z.string(), z.unknown())).default([]),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().default(false),
})

/**
 * Opens a session.
 * @throws AppError `bad_request` for what is no MCP server, and what the transport throws.
 */
export async function openMcp(
  connect: (receiver: McpReceiver) => McpTransport | Promise<McpTransport>,
  signal: AbortSignal,
): Promise<McpClient> {
  const waiting = new Map<number, PromiseWithResolvers<JsonObject>>()
  let transport: McpTransport | undefined
  let gone: AppError | undefined
  let number = 0

  const receiver: McpReceiver = {
    message(message) {
      const { id, method, result, error } = message
      if (typeof method === 'string') {
        if (id !== undefined) void answer(id, method)
        return
      }
      const call = waiting.get(Number(id))
      if (isObject(result)) call?.resolve(result)
      else call?.reject(mcpFailure(isObject(error) ? String(error.message).slice(0, 500) : 'it gave no result'))
    },
    closed(why) {
      gone ??= why
      for (const call of waiting.values()) call.reject(why)
    },
  }

  /** What a server asks of us: whether we are there; we offer it nothing else. */
  async function answer(id: unknown, method: string): Promise<void> {
    const refusal = { code: METHOD_UNKNOWN, message: 'Method not found' }
    const reply = { jsonrpc: '2.0', id, ...(method === 'ping' ? { result: {} } : { error: refusal }) }
    await transport?.send(reply, AbortSignal.timeout(ASIDE_MS)).catch(() => undefined)
  }

  async function ask(method: string, params: JsonObject, asking: AbortSignal): Promise<JsonObject> {
    asking.throwIfAborted()
    if (gone) throw gone
    const id = ++number
    const call = Promise.withResolvers<JsonObject>()
    const stop = () => call.reject(asking.reason)
    waiting.set(id, call)
    asking.addEventListener('abort', stop, { once: true })
    transport?.send({ jsonrpc: '2.0', id, method, params }, asking).catch(call.reject)
    try {
      return await call.promise
    } catch (error) {
      if (asking.aborted && !gone) void tell('notifications/cancelled', { requestId: id })
      throw error
    } finally {
      waiting.delete(id)
      asking.removeEventListener('abort', stop)
    }
  }

  const tell = async (method: string, params?: JsonObject): Promise<void> => {
    const message = { jsonrpc: '2.0', method, ...(params && { params }) }
    await transport?.send(message, AbortSignal.timeout(ASIDE_MS)).catch(() => undefined)
  }

  transport = await connect(receiver)
  const { mode } = transport
  try {
    const clientInfo = { name: 'runnel', version: '1' }
    const params = { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo }
    const begun = Initialized.safeParse(await ask('initialize', params, signal))
    if (!begun.success) throw mcpFailure('what answers there is no MCP server')
    transport.agree(begun.data.protocolVersion)
    await tell('notifications/initialized')
  } catch (error) {
    await transport.close()
    throw error
  }

  return {
    mode,
    get isClosed() {
      return gone !== undefined
    },
    async tools(listing) {
      const tools: McpTool[] = []
      let cursor: string | undefined
      for (let page = 1; page <= MAX_PAGES; page++) {
        const parsed = Page.safeParse(await ask('tools/list', cursor === undefined ? {} : { cursor }, listing))
        if (!parsed.success) throw mcpFailure('its list of tools cannot be read')
        tools.push(...parsed.data.tools.map((tool) => ({ ...tool, description: tool.description ?? '' })))
        cursor = parsed.data.nextCursor ?? undefined
        if (cursor === undefined) break
      }
      return tools
    },
    async call(name, input, calling) {
      const parsed = Called.safeParse(await ask('tools/call', { name, arguments: input }, calling))
      if (!parsed.success) throw mcpFailure('its answer cannot be read')
      const { content, structuredContent, isError } = parsed.data
      return { content, isError, ...(structuredContent && { structured: structuredContent }) }
    },
    async close() {
      receiver.closed(mcpFailure('The session has ended.'))
      await transport.close()
    },
  }
}
