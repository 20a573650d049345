import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider'
import { isObject } from '@runnel/protocol/json'
import { type ModelContent, type ModelMessage, type ModelRequest, spacedJson } from '@runnel/sdk'

type UserPart = Extract<LanguageModelV4Message, { role: 'user' }>['content'][number]
type AssistantPart = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'][number]

/**
 * A request in the words of the AI SDK's provider specification. With `argumentsAsText` earlier calls of tools carry
 * their arguments as JSON text, in the spacing models know; the SDKs for chat completions take both forms.
 */
export function callOptionsOf(
  { messages, tools, toolChoice, json }: ModelRequest,
  { argumentsAsText = false }: { readonly argumentsAsText?: boolean } = {},
): LanguageModelV4CallOptions {
  return {
    prompt: messages.map((message) => promptMessage(message, argumentsAsText)),
    ...(tools?.length && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: 'function' as const,
        name,
        description,
        inputSchema,
      })),
      ...(toolChoice && {
        toolChoice:
          typeof toolChoice === 'string' ? { type: toolChoice } : { type: 'tool' as const, toolName: toolChoice.name },
      }),
    }),
    ...(json && {
      responseFormat: {
        type: 'json' as const,
        ...(json.schema && { schema: json.schema }),
        ...(json.name && { name: json.name }),
      },
    }),
  }
}

function promptMessage(message: ModelMessage, argumentsAsText: boolean): LanguageModelV4Message {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content }
    case 'user':
      return { role: 'user', content: message.content.length ? message.content.map(userPart) : [text('')] }
    case 'assistant': {
      const calls: AssistantPart[] = (message.toolCalls ?? []).map(({ id, name, input }) => ({
        type: 'tool-call',
        toolCallId: id,
        toolName: name,
        input: argumentsAsText && isObject(input) ? spacedJson(input) : input,
      }))
      const said = message.content !== '' || calls.length === 0 ? [text(message.content)] : []
      return { role: 'assistant', content: [...said, ...calls] }
    }
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.callId,
            toolName: message.name,
            output: { type: 'text', value: message.output },
          },
        ],
      }
    default:
      return message satisfies never
  }
}

function userPart(content: ModelContent): UserPart {
  if (content.type === 'text') return text(content.text)
  const { data, mediaType } = content
  return /^https?:\/\//.test(data)
    ? { type: 'file', mediaType, data: { type: 'url', url: new URL(data) } }
    : { type: 'file', mediaType, data: { type: 'data', data } }
}

const text = (value: string) => ({ type: 'text' as const, text: value })
