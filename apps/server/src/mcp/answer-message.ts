import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { PRODUCT_VERSION } from '../version.ts'
import type { FlowResources } from './flow-resources.ts'
import type { FlowTools, ToolRoom } from './flow-tools.ts'

/** Versions of the protocol this server speaks, newest first. */
const VERSIONS = ['2025-06-18', '2025-03-26', '2024-11-05']
const INVALID_REQUEST = -32600
const METHOD_UNKNOWN = -32601
const INVALID_PARAMS = -32602
const INTERNAL = -32603

export interface MessageOptions {
  readonly tools: FlowTools
  readonly resources: FlowResources
}

/** Where a message came from. */
export interface MessageCall {
  readonly room: ToolRoom
  readonly signal: AbortSignal
  /** Takes what is told before the answer. */
  readonly notify: (message: JsonObject) => void
}

/** A refusal as JSON-RPC has it. */
class RpcError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Answers messages of MCP clients: flows are tools, their files resources. There are no prompts. */
export function createMessageAnswers({ tools, resources }: MessageOptions) {
  async function result(method: string, params: JsonObject, call: MessageCall): Promise<JsonObject> {
    const { room } = call
    switch (method) {
      case 'initialize':
        return {
          protocolVersion: VERSIONS.find((version) => version === params.protocolVersion) ?? VERSIONS[0],
          capabilities: { tools: { listChanged: false }, resources: { listChanged: false }, prompts: {} },
          // Langflow's name, which clients show and compare.
          serverInfo: { name: 'langflow-mcp-server', version: PRODUCT_VERSION },
        }
      case 'ping':
      case 'logging/setLevel':
        return {}
      case 'tools/list':
        return { tools: await tools.list(room) }
      case 'tools/call':
        return callTool(params, call)
      case 'resources/list':
        return { resources: await resources.list(room) }
      case 'resources/templates/list':
        return { resourceTemplates: [] }
      case 'resources/read': {
        const found = await resources.read(room, String(params.uri ?? ''))
        if (!found) throw new RpcError(INVALID_PARAMS, 'Resource not found')
        return { contents: [found] }
      }
      case 'prompts/list':
        return { prompts: [] }
      default:
        throw new RpcError(METHOD_UNKNOWN, 'Method not found')
    }
  }

  async function callTool(params: JsonObject, { room, signal, notify }: MessageCall): Promise<JsonObject> {
    const name = String(params.name ?? '')
    const input = isObject(params.arguments) ? params.arguments : {}
    const progressToken = isObject(params._meta) ? params._meta.progressToken : undefined
    const onStep = (progress: number) => {
      if (progressToken === undefined) return
      notify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress } })
    }
    const answer = await tools.call(room, { name, input }, signal, onStep)
    if (!answer) throw new RpcError(INVALID_PARAMS, `Unknown tool: ${name}`)
    return { content: answer.content, isError: answer.isError }
  }

  /** The answer to a message; undefined for one that wants none. @throws the signal's reason. */
  return async (message: JsonObject, call: MessageCall): Promise<JsonObject | undefined> => {
    const { id, method, params } = message
    if (typeof method !== 'string') {
      // An answer to a question of ours; we ask none.
      if ('result' in message || 'error' in message) return undefined
      return { jsonrpc: '2.0', id: id ?? null, error: { code: INVALID_REQUEST, message: 'Invalid Request' } }
    }
    if (id === undefined || id === null) return undefined
    try {
      return { jsonrpc: '2.0', id, result: await result(method, isObject(params) ? params : {}, call) }
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      if (!(error instanceof RpcError) && !(error instanceof AppError)) throw error
      const code = error instanceof RpcError ? error.code : INTERNAL
      return { jsonrpc: '2.0', id, error: { code, message: messageOf(error) } }
    }
  }
}
export type AnswerMessage = ReturnType<typeof createMessageAnswers>
