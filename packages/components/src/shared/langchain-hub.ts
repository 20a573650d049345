import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'
import { jsonService } from './json-service.ts'

/** One text of a prompt. */
export interface HubPart {
  /** `System`, `Human` or `AI`; empty for a prompt that is no conversation. */
  readonly role: string
  /** As Python's `format` takes it. */
  readonly template: string
  /** The names in the template. */
  readonly names: readonly string[]
}

const ROLES: Readonly<Record<string, string>> = {
  SystemMessagePromptTemplate: 'System',
  HumanMessagePromptTemplate: 'Human',
  AIMessagePromptTemplate: 'AI',
  ChatMessagePromptTemplate: 'Human',
}

/**
 * A prompt of the LangChain Hub: `owner/name` or `name`, with `:commit` behind it for one that is not the newest.
 * @throws AppError `invalid_field` for another name, `bad_request` for one that is not there or holds no texts
 */
export async function promptFromHub(name: string, apiKey: string, context: RunContext): Promise<readonly HubPart[]> {
  const [, owner = '-', repository, commit = 'latest'] = /^(?:([\w-]+)\/)?([\w.-]+)(?::(\w+))?$/.exec(name.trim()) ?? []
  if (repository === undefined) {
    throw new AppError('invalid_field', [`"${name}" names no prompt. Write owner/name.`])
  }
  const hub = jsonService('https://api.smith.langchain.com', { 'x-api-key': apiKey }, context)
  const { manifest } = await hub.object('GET', `/commits/${owner}/${repository}/${commit}`)
  const parts = isObject(manifest) ? partsIn(manifest) : []
  if (parts.length > 0) return parts
  throw new AppError('bad_request', [`The prompt ${name} holds no text this component can read.`])
}

/** Objects of LangChain name their class last in `id`, and hold what they were made with in `kwargs`. */
function partsIn(manifest: JsonObject): readonly HubPart[] {
  const kwargs = isObject(manifest.kwargs) ? manifest.kwargs : {}
  const role = ROLES[Array.isArray(manifest.id) ? String(manifest.id.at(-1)) : '']
  if (role !== undefined)
    return isObject(kwargs.prompt) ? partsIn(kwargs.prompt).map((part) => ({ ...part, role })) : []
  const messages = objectsIn(kwargs.messages)
  if (messages.length > 0) return messages.flatMap(partsIn)
  // A prompt that is bound to a model comes first in the chain.
  if (isObject(kwargs.first)) return partsIn(kwargs.first)
  const template = textIn(kwargs.template)
  const names = Array.isArray(kwargs.input_variables) ? kwargs.input_variables.map(String) : []
  return template === '' ? [] : [{ role: '', template, names }]
}
