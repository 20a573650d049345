import type { FlowNode, TemplateField } from '../model/flow-document.ts'
import { inspectedFields } from '../node/node-parts.ts'

/** The fields all nodes have, of the same kind, as the first of them has it; the value only where all agree. */
export function commonFields(nodes: readonly FlowNode[]): readonly (readonly [name: string, field: TemplateField])[] {
  const [first, ...others] = nodes
  if (!first) return []
  return inspectedFields(first.data.node).flatMap(([name, field]) => {
    const same = others.map(({ data }) => data.node.template[name])
    const isCommon = same.every((one) => one?.type === field.type && one?._input_type === field._input_type)
    if (!isCommon) return []
    const agree = same.every((one) => JSON.stringify(one?.value) === JSON.stringify(field.value))
    return [[name, agree ? field : { ...field, value: undefined }] as const]
  })
}
