import type { ModelServer } from '@runnel/models/list-models'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { once } from '../http/once.ts'
import type { NodeState } from './node-template.ts'

/** Nodes whose models are those a server of the user has: where its address is, and the field that names one. */
const SERVERS: Readonly<Record<string, Pick<ModelServer, 'provider' | 'speaks'> & { readonly names: string }>> = {
  OllamaModel: { provider: 'Ollama', speaks: 'ollama', names: 'model_name' },
  OllamaEmbeddings: { provider: 'Ollama', speaks: 'ollama', names: 'model_name' },
  LMStudioModel: { provider: 'LM Studio', speaks: 'openai', names: 'model_name' },
  LMStudioEmbeddingsComponent: { provider: 'LM Studio', speaks: 'openai', names: 'model' },
}

const loadLister = once(() => import('@runnel/models/list-models'))

export interface ServerModelsOptions {
  /** The value of the user's variable of that name. */
  readonly variable: (name: string) => Promise<string | undefined>
}

/** A node of such a server, with the models it has to choose from once the address or the list is asked for anew. */
export async function withServerModels(
  { variable }: ServerModelsOptions,
  { type, node }: { readonly type: string; readonly node: JsonObject },
  change: NodeState['change'],
  signal: AbortSignal,
): Promise<JsonObject> {
  const server = Object.hasOwn(SERVERS, type) ? SERVERS[type] : undefined
  const template = isObject(node.template) ? node.template : {}
  const field = template[server?.names ?? '']
  if (!server || !isObject(field) || !change || !['base_url', 'api_key', server.names].includes(change.field))
    return node
  const entry = async (name: string): Promise<string> => {
    const held = template[name]
    const value = isObject(held) && typeof held.value === 'string' ? held.value.trim() : ''
    return isObject(held) && held.load_from_db === true && value !== '' ? ((await variable(value)) ?? '') : value
  }
  const { listModels } = await loadLister()
  const asked = { ...server, baseUrl: await entry('base_url'), apiKey: await entry('api_key') }
  try {
    const options = await listModels(asked, signal)
    return { ...node, template: { ...template, [server.names]: { ...field, options } } }
  } catch (error) {
    // A node is shown although its server is away; the name can be typed.
    if (!(error instanceof AppError)) throw error
    return {
      ...node,
      template: { ...template, [server.names]: { ...field, options: [], placeholder: messageOf(error) } },
    }
  }
}
