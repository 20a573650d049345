import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'

/** The way to one MCP server and back. Messages are JSON-RPC, as objects. */
export interface McpTransport {
  readonly mode: 'stdio' | 'streamable_http' | 'sse'
  /**
   * Sends a message. What comes back goes to the receiver the transport was made with.
   * @throws AppError `bad_request` when it cannot arrive, or is a call that stays without an answer.
   */
  send(message: JsonObject, signal: AbortSignal): Promise<void>
  /** Version the server has agreed to; transports that name it in each request do so from now on. */
  agree(protocolVersion: string): void
  close(): Promise<void>
}

/** Who hears what a server says. */
export interface McpReceiver {
  message(message: JsonObject): void
  /** Nothing more will come. */
  closed(why: AppError): void
}

/** The longest message, in bytes. */
export const MESSAGE_BYTES = 8 * 1024 * 1024

/** What went wrong with an MCP server, in a sentence for the user. */
export const mcpFailure = (why: string, cause?: unknown): AppError =>
  new AppError('bad_request', [why], cause === undefined ? {} : { cause })

/** The messages in a JSON text: one, or a list of them. Anything else is none. */
export function messagesIn(text: string): readonly JsonObject[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.filter(isObject) : isObject(parsed) ? [parsed] : []
  } catch {
    // Programs print other lines too, and streams carry comments.
    return []
  }
}
