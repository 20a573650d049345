import type { GraphNode } from '@runnel/engine/graph'

/** Types of nodes as FlowAI's callers know them. */
export type WorkflowNodeType =
  | 'in'
  | 'llm'
  | 'out'
  | 'agent'
  | 'tool'
  | 'code'
  | 'condition'
  | 'http'
  | 'knowledge'
  | 'data'
  | 'other'

const BY_TYPE: readonly (readonly [RegExp, WorkflowNodeType])[] = [
  [/agent/i, 'agent'],
  [/python|code|lambda/i, 'code'],
  [/api_?request|http|url/i, 'http'],
  [/knowledge|vector|retriev/i, 'knowledge'],
]
const BY_CATEGORY: Readonly<Record<string, WorkflowNodeType>> = {
  data_source: 'data',
  processing: 'data',
  files_and_knowledge: 'knowledge',
  utilities: 'tool',
}

/** The kind of a node, as FlowAI's callers know it. */
export function nodeType({ role, component, type, outputs }: GraphNode): WorkflowNodeType {
  if (role === 'input') return 'in'
  if (role === 'output') return 'out'
  if (outputs.some(({ isToolset }) => isToolset)) return 'tool'
  if (component?.routes) return 'condition'
  const named = BY_TYPE.find(([pattern]) => pattern.test(type))
  if (named) return named[1]
  const isModel = Object.values(component?.outputs ?? {}).some((output) => output.type === 'LanguageModel')
  if (isModel || component?.category === 'llm_operations') return 'llm'
  return BY_CATEGORY[component?.category ?? ''] ?? 'other'
}
