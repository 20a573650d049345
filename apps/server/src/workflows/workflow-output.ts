import type { NodeResult } from '@runnel/engine/node-result'
import { wireValue } from '@runnel/engine/wire-value'
import type { Contract } from '@runnel/protocol/contract'
import { isData, isDataFrame, isMessage } from '@runnel/sdk'

/** What a run gave: the value of its only output, an object by name of several, null without any. */
export function workflowOutput({ outputs }: Contract, results: ReadonlyMap<string, NodeResult>): unknown {
  const [only] = outputs
  if (outputs.length <= 1) return only ? resultOf(results.get(only.node_id)) : null
  const built = outputs.filter(({ node_id }) => results.has(node_id))
  return Object.fromEntries(built.map(({ name, node_id }) => [name, resultOf(results.get(node_id))]))
}

function resultOf(result: NodeResult | undefined): unknown {
  const [first] = result?.outputs.values() ?? []
  return plainValue(first)
}

/** Messages as their texts, records as their entries, tables as their rows. */
function plainValue(value: unknown): unknown {
  if (isMessage(value)) return value.text
  if (isData(value)) return wireValue(value.data)
  if (isDataFrame(value)) return wireValue(value.rows)
  return Array.isArray(value) ? value.map(plainValue) : wireValue(value)
}
