import type { JsonObject } from '@runnel/protocol/json'
import type { ModelContent, ModelMessage, ModelRequest } from '@runnel/sdk'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'

/** The tool whose arguments are the answer, where JSON of a schema is asked for: Converse knows no other way. */
export const JSON_TOOL = 'json_answer'

/** The body of a Converse request. */
export function converseBody(settings: ChatSettings, request: ModelRequest): JsonObject {
  const { modelKwargs } = settings
  const { temperature, topP, maxOutputTokens: maxTokens } = callSettings(settings)
  const system = request.messages.flatMap((message) => (message.role === 'system' ? [{ text: message.content }] : []))
  const inferenceConfig = {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
  }
  return {
    messages: turnsOf(request.messages),
    ...(system.length > 0 && { system }),
    ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
    ...toolConfig(request),
    ...(modelKwargs && Object.keys(modelKwargs).length > 0 && { additionalModelRequestFields: modelKwargs }),
  }
}

function toolConfig({ tools = [], toolChoice, json }: ModelRequest): JsonObject {
  const isAnswer = json?.schema !== undefined && tools.length === 0
  const offered = isAnswer
    ? [{ name: JSON_TOOL, description: 'Gives the answer.', inputSchema: json.schema ?? {} }]
    : tools
  if (offered.length === 0 || toolChoice === 'none') return {}
  const name = isAnswer ? JSON_TOOL : typeof toolChoice === 'object' ? toolChoice.name : undefined
  const choice = name !== undefined ? { tool: { name } } : toolChoice === 'required' ? { any: {} } : undefined
  return {
    toolConfig: {
      tools: offered.map((tool) => ({
        toolSpec: {
          name: tool.name,
          // An empty one is refused.
          ...(tool.description !== '' && { description: tool.description }),
          inputSchema: { json: tool.inputSchema },
        },
      })),
      ...(choice && { toolChoice: choice }),
    },
  }
}

/** Turns of user and assistant, one after the other: neighbours of one role become one turn. */
function turnsOf(messages: readonly ModelMessage[]): readonly JsonObject[] {
  const turns: { role: 'user' | 'assistant'; content: JsonObject[] }[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const content = blocksOf(message)
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content: [...content] })
  }
  return turns
}

function blocksOf(message: Exclude<ModelMessage, { role: 'system' }>): readonly JsonObject[] {
  if (message.role === 'user') return message.content.map(contentBlock)
  if (message.role === 'tool') {
    return [{ toolResult: { toolUseId: message.callId, content: [{ text: message.output || ' ' }] } }]
  }
  const calls = (message.toolCalls ?? []).map(({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }))
  // Blank texts are refused.
  const said = message.content.trim() !== '' || calls.length === 0 ? [{ text: message.content || ' ' }] : []
  return [...said, ...calls]
}

function contentBlock(part: ModelContent): JsonObject {
  if (part.type === 'text') return { text: part.text || ' ' }
  if (/^https?:\/\//.test(part.data)) return { text: part.data }
  const format = part.mediaType.replace(/^image\//, '').replace('jpg', 'jpeg')
  return { image: { format, source: { bytes: part.data } } }
}
