import { durationText } from '../../ui/duration.ts'
import { durationMsOf } from '../dock/timeline.ts'
import type { FlowDocument, FlowNode, NodeOutput } from '../model/flow-document.ts'
import { innerNodes, leavesOf } from '../model/groups.ts'
import { idleNode, type NodeRun } from './node-run.ts'

type Runs = ReadonlyMap<string, NodeRun>

/** What the runs of the nodes inside say of their groups: only inner nodes run. */
export function groupRuns(
  document: FlowDocument | undefined,
  runs: Runs,
  changed: Iterable<string>,
): readonly (readonly [groupId: string, run: NodeRun])[] {
  const inner = innerNodes(document?.nodes ?? [])
  if (inner.size === 0) return []
  const groups = new Set([...changed].flatMap((id) => inner.get(id)?.group ?? []))
  return [...groups].map((group) => [group.id, groupRun(group, runs)] as const)
}

/** The first that any of them is. */
const PRESSING = ['failed', 'running', 'queued', 'idle', 'done', 'skipped'] as const

function groupRun(group: FlowNode, runs: Runs): NodeRun {
  const inside = leavesOf(group).flatMap((node) => {
    const run = runs.get(node.id)
    return run ? [{ node, run }] : []
  })
  const of = (wanted: NodeRun['status']): boolean => inside.some(({ run }) => run.status === wanted)
  const pressing = PRESSING.find(of) ?? 'idle'
  const status = pressing === 'queued' && of('done') ? 'running' : pressing
  const isOver = status === 'done' || status === 'failed' || status === 'skipped'
  const numbers = (read: (run: NodeRun) => number | undefined): readonly number[] =>
    inside.flatMap(({ run }) => read(run) ?? [])
  const [begun, ended] = [numbers(({ startedAt }) => startedAt), numbers(({ endedAt }) => endedAt)]
  const [tokens, costs] = [numbers((run) => run.tokens), numbers((run) => run.cost)]
  const ms = sum(numbers(({ duration }) => (duration === undefined ? undefined : durationMsOf(duration))))
  const given = <Value>(read: (run: NodeRun, name: string) => Value | undefined): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      (group.data.node.outputs ?? []).flatMap((output) => {
        const { id, name } = giverOf(group, output)
        const run = runs.get(id)
        const value = run && read(run, name)
        return value === undefined ? [] : [[output.name, value] as const]
      }),
    )
  return {
    ...idleNode,
    before: runs.get(group.id)?.before,
    status,
    message: inside.find(({ run }) => run.status === 'failed')?.run.message,
    duration: isOver && ended.length > 0 ? durationText(ms, 'en') : undefined,
    startedAt: begun.length > 0 ? Math.min(...begun) : undefined,
    endedAt: isOver && ended.length > 0 ? Math.max(...ended) : undefined,
    outputs: given((run, name) => run.outputs[name]),
    results: given((run, name) => run.results[name]),
    logs: Object.fromEntries(
      inside.flatMap(({ node, run }) =>
        Object.entries(run.logs).map(([name, list]) => [`${node.data.node.display_name}: ${name}`, list]),
      ),
    ),
    isFrozenResult: inside.length > 0 && inside.every(({ run }) => run.isFrozenResult),
    tokens: tokens.length > 0 ? sum(tokens) : undefined,
    cost: costs.length > 0 ? sum(costs) : undefined,
    ranWith: inside.at(-1)?.run.ranWith,
  }
}

/** The node inside, and its output, whose value an output of a group hands on; through groups in the group. */
function giverOf(group: FlowNode, { name, proxy }: Pick<NodeOutput, 'name' | 'proxy'>): { id: string; name: string } {
  if (!proxy) return { id: group.id, name }
  const within = group.data.node.flow?.data.nodes.find(({ id }) => id === proxy.id)
  const output = within?.data.node.flow && within.data.node.outputs?.find((one) => one.name === proxy.name)
  return within && output ? giverOf(within, output) : { id: proxy.id, name: proxy.name }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
