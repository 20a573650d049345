import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'

/** The fields that choose a collection, and of which kind. */
const FIELDS = { knowledge_base: 'knowledge', memory_base: 'memory' } as const

/** A node whose knowledge fields offer what the user has. */
export async function withKnowledgeOptions(
  vectorStore: Pick<VectorStore, 'exists' | 'list'>,
  userId: string,
  node: JsonObject,
): Promise<JsonObject> {
  const template = isObject(node.template) ? node.template : {}
  const filled: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(FIELDS)) {
    const entry = template[name]
    if (!isObject(entry)) continue
    const found = vectorStore.exists() ? await vectorStore.list(userId, kind) : []
    filled[name] = { ...entry, options: found.map((collection) => collection.name) }
  }
  return Object.keys(filled).length === 0 ? node : { ...node, template: { ...template, ...filled } }
}
