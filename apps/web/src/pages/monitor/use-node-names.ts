import { nodeNames } from '@runnel/protocol/node-names'
import { useQuery } from '@tanstack/react-query'
import { flowQuery } from '../../api/flows.ts'
import { componentText, useComponentText } from '../../i18n/component-text.ts'

/** What the nodes of a flow are called now, by id; one that is gone from it has no name. */
export function useNodeNames(flowId: string): ReadonlyMap<string, string> {
  useComponentText()
  const { data: flow } = useQuery({ ...flowQuery(flowId), enabled: flowId !== '' })
  return new Map(nodeNames(flow?.data).map(([id, name]) => [id, componentText(name)]))
}
