import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type DataFrame, dataFrame, type McpAnswer } from '@runnel/sdk'

/** @throws AppError `bad_request` with what the tool says when it failed. */
export function checkAnswer(tool: string, answer: McpAnswer): McpAnswer {
  if (!answer.isError) return answer
  throw new AppError('bad_request', [`MCP tool '${tool}' failed: ${answerText(answer)}`])
}

/** The parts as rows; a text that is a JSON object is the row itself. */
export function answerRows({ content }: McpAnswer): DataFrame {
  return dataFrame(content.map(rowOf))
}

function rowOf(part: JsonObject): JsonObject {
  if (part.type !== 'text' || typeof part.text !== 'string') return part
  let value: unknown
  try {
    value = JSON.parse(part.text)
  } catch {
    return part
  }
  if (isObject(value)) return value
  return { type: part.type, text: part.text, parsed_value: value }
}

/** What a model is told of it: the texts, and what else there is by its kind. */
export function answerText({ content, structured }: McpAnswer): string {
  if (content.length === 0) return structured ? JSON.stringify(structured) : ''
  return content.map(partText).join('\n')
}

function partText(part: JsonObject): string {
  if (typeof part.text === 'string') return part.text
  const { resource } = part
  if (isObject(resource) && typeof resource.text === 'string') return resource.text
  const name = isObject(resource) ? resource.uri : (part.uri ?? part.mimeType)
  return `[${String(part.type ?? 'part')}${name === undefined ? '' : ` ${String(name)}`}]`
}
