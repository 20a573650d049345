import { isObject } from '@runnel/protocol/json'
import type { RunStepRead } from '@runnel/protocol/monitor'
import type { FlowDocument, NodeOutput } from '../model/flow-document.ts'
import { isCut } from '../output-inspector/whole-output.ts'

/** What a run gave, as it can be pinned: by node and output. */
export interface PinsOfRun {
  readonly pins: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** Nodes whose values were too long to be kept whole: they run again. */
  readonly cut: number
}

/** Models, tools and stores are no values: they are made anew. */
const VALUES = new Set(['Message', 'Text', 'Data', 'JSON', 'DataFrame', 'Table'])

const isValue = ({ types }: NodeOutput): boolean => (types ?? []).some((type) => VALUES.has(type))

/**
 * What the nodes of a flow gave in a run, for those that are still there and hand something on: what only shows an
 * answer runs again. Of a node that ran more than once its last values count.
 */
export function pinsOfRun({ nodes, edges }: FlowDocument, steps: readonly RunStepRead[], maxLength: number): PinsOfRun {
  const sources = new Set(edges.map(({ source }) => source))
  const handing = new Map(
    nodes
      .filter(({ id }) => sources.has(id))
      .map(({ id, data }) => [id, new Set((data.node.outputs ?? []).filter(isValue).map(({ name }) => name))]),
  )
  const last = new Map(steps.filter(({ valid }) => valid).map((step) => [step.component_id, step]))
  const pins = new Map<string, Readonly<Record<string, unknown>>>()
  let cut = 0
  for (const [nodeId, { outputs }] of last) {
    const names = handing.get(nodeId)
    if (!names) continue
    const values = Object.entries(outputs).flatMap(([name, output]) =>
      isObject(output) && names.has(name) && output.message !== undefined && output.message !== null
        ? [[name, output.message] as const]
        : [],
    )
    if (values.length === 0) continue
    if (values.some(([, value]) => isCut(value, maxLength))) cut++
    else pins.set(nodeId, Object.fromEntries(values))
  }
  return { pins, cut }
}
