import type { Graph, GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import { type ResultData, resultData } from '@runnel/engine/wire-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isMessage } from '@runnel/sdk'

/** The JSON of results, made once each: what is answered is also what is stored. */
export interface ResultTexts {
  /** As the run answers it. */
  full(result: NodeResult): string
  /** As the monitor shows it: long texts and lists cut. */
  stored(result: NodeResult): string
  /** The first node that takes from this one. */
  targetOf(node: GraphNode): string | null
}

export function createResultTexts(graph: Graph, limits: WireLimits): ResultTexts {
  const made = new Map<NodeResult, string>()
  const full = (result: NodeResult): string => {
    const known = made.get(result)
    if (known !== undefined) return known
    const text = JSON.stringify(resultData(result))
    made.set(result, text)
    return text
  }
  return {
    full,
    stored(result) {
      const text = full(result)
      // Nothing in a text this short can be over a limit.
      if (text.length <= Math.min(limits.textLength, limits.itemsLength * 2)) return text
      const cut: ResultData = resultData(result, limits)
      return JSON.stringify(cut)
    },
    targetOf: (node) => graph.nodes[graph.edges[node.outgoing[0] ?? -1]?.target ?? -1]?.id ?? null,
  }
}

const INPUT_LIMITS: WireLimits = { textLength: 1000, itemsLength: 100 }
const MASK = '*****'

/** What a node was given, as JSON: secrets masked, models and long values shortened. */
export function stepInputs({ inputs, node }: NodeResult): string {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(inputs)) {
    const field = node.fields[node.fieldIndex.get(name) ?? -1]
    const isSecret = (field?.declared?.attributes.password ?? field?.template?.password) === true
    if (value === undefined || value === '' || value === null) continue
    shown[name] = isSecret
      ? MASK
      : isMessage(value)
        ? value.text.slice(0, INPUT_LIMITS.textLength)
        : wireValue(value, INPUT_LIMITS)
  }
  return JSON.stringify(shown)
}
