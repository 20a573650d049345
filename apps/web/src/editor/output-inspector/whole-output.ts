import { readBuiltOutput } from '@runnel/protocol/builds'
import { client, queryClient } from '../../api/client.ts'
import { configQuery } from '../../api/server-info.ts'
import type { FlowNode, NodeOutput } from '../model/flow-document.ts'
import type { NodeRun, ShownOutput } from '../run/node-run.ts'
import { canInspect, shownOutputOf } from './shown-output.ts'

const CUT_LIST = /^\.\.\. \[truncated \d+ items\]$/

/** Whether the server has cut a value: a text of more than `maxLength` characters, or a list of too many entries. */
export function isCut(value: unknown, maxLength: number): boolean {
  if (typeof value === 'string')
    return (value.length === maxLength + 3 && value.endsWith('...')) || CUT_LIST.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some((part) => isCut(part, maxLength))
}

/** The whole value of an output, of which the run has told the beginning. Rejects when the server no longer has it. */
export async function wholeOutput(
  flowId: string,
  nodeId: string,
  { name, proxy }: Pick<NodeOutput, 'name' | 'proxy'>,
): Promise<ShownOutput> {
  const params = { flow_id: flowId, node_id: proxy?.id ?? nodeId, output: proxy?.name ?? name }
  const { message, type } = await client.call(readBuiltOutput, { params })
  return { message, type }
}

const PINNABLE = new Set(['text', 'object', 'array'])

/** What the last run of a node gave and can be given again, whole; undefined when there is none. */
export async function outputsToPin(
  flowId: string,
  { id, data: { node } }: FlowNode,
  run: NodeRun | undefined,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { serialization_max_text_length: maxLength } = await queryClient.fetchQuery(configQuery)
  const pinned = await Promise.all(
    (node.outputs ?? []).map(async (output): Promise<readonly (readonly [string, unknown])[]> => {
      const shown = shownOutputOf(run, output)
      if (!shown || !canInspect(shown) || !PINNABLE.has(shown.type)) return []
      const { message } = isCut(shown.message, maxLength) ? await wholeOutput(flowId, id, output) : shown
      return [[output.name, message]]
    }),
  )
  const entries = pinned.flat()
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
