import { isObject } from '@runnel/protocol/json'
import type { StarterFlow } from './starter-flows.ts'

/** English paragraphs, and what stands for them. */
export type Words = Readonly<Record<string, string>>

/**
 * A starter as one would have written it in another language: its name and description, its notes, the titles of its
 * nodes and what is written in their fields. What components call themselves stays: every reader sees that in his own.
 */
export function translateStarter(starter: StarterFlow, words: Words): StarterFlow {
  const { name, description, data } = starter
  const say = (text: string): string =>
    text
      .split('\n\n')
      .map((paragraph) => (Object.hasOwn(words, paragraph) ? (words[paragraph] ?? paragraph) : paragraph))
      .join('\n\n')
  return {
    ...starter,
    name: say(name),
    description: description && say(description),
    data: data && JSON.stringify(translateGraph(JSON.parse(data), say)),
  }
}

type Say = (text: string) => string

function translateGraph(graph: unknown, say: Say): unknown {
  if (!isObject(graph) || !Array.isArray(graph.nodes)) return graph
  return { ...graph, nodes: graph.nodes.map((node: unknown) => translateNode(node, say)) }
}

function translateNode(node: unknown, say: Say): unknown {
  if (!isObject(node) || !isObject(node.data) || !isObject(node.data.node)) return node
  const { display_name, description, template } = node.data.node
  const inner = {
    ...node.data.node,
    ...(typeof display_name === 'string' && { display_name: say(display_name) }),
    ...(node.type === 'noteNode' && typeof description === 'string' && { description: say(description) }),
    ...(isObject(template) && { template: mapValues(template, (field, name) => translateField(name, field, say)) }),
  }
  return { ...node, data: { ...node.data, node: inner } }
}

/** What tools are called and say of themselves is meant for models, which are told in English. */
const FOR_MODELS: readonly string[] = ['code', 'tools_metadata']

const translateField = (name: string, field: unknown, say: Say): unknown =>
  isObject(field) && !FOR_MODELS.includes(name) ? { ...field, value: translateValue(field.value, say) } : field

function translateValue(value: unknown, say: Say): unknown {
  if (typeof value === 'string') return say(value)
  if (Array.isArray(value)) return value.map((item) => translateValue(item, say))
  return isObject(value) ? mapValues(value, (item) => translateValue(item, say)) : value
}

const mapValues = (object: object, change: (value: unknown, key: string) => unknown): object =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]))
