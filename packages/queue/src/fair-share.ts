import type { WaitingFlow } from '@runnel/storage/job-repository'

/** A run that is being worked on. */
export interface RunningRun {
  readonly flowId: string
  readonly userId: string
}

/** How many runs of each flow may begin now. */
export function nextRuns(
  waiting: readonly WaitingFlow[],
  running: readonly RunningRun[],
  slots: number,
): ReadonlyMap<string, number> {
  const left = new Map(waiting.map((flow) => [flow.flowId, flow]))
  const begun = [...running]
  const wanted = new Map<string, number>()
  for (;;) {
    const next = left.get(nextFlow([...left.values()], begun, slots) ?? '')
    if (!next) return wanted
    const { flowId, runs } = next
    begun.push(next)
    wanted.set(flowId, (wanted.get(flowId) ?? 0) + 1)
    if (runs > 1) left.set(flowId, { ...next, runs: runs - 1 })
    else left.delete(flowId)
  }
}

/**
 * The flow whose run comes next, or undefined when none may begin now.
 *
 * While others wait, a flow or a user takes no more than half of the slots: who runs least comes first, then who has
 * waited longest. Alone it may take all of them; what it took beyond its half is lent, and does not keep the others
 * out when they come. So there are never more than twice as many runs as slots.
 */
export function nextFlow(
  waiting: readonly WaitingFlow[],
  running: readonly RunningRun[],
  slots: number,
): string | undefined {
  const half = Math.ceil(slots / 2)
  const byFlow = countBy(running, ({ flowId }) => flowId)
  const byUser = countBy(running, ({ userId }) => userId)
  const own = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + Math.min(count, half), 0)
  const [usedByFlows, usedByUsers] = [own(byFlow), own(byUser)]

  const mayBegin = ({ flowId, userId }: WaitingFlow) =>
    running.length < slots ||
    (usedByFlows < slots && (byFlow.get(flowId) ?? 0) < half) ||
    (usedByUsers < slots && (byUser.get(userId) ?? 0) < half)
  const compare = (a: WaitingFlow, b: WaitingFlow) =>
    (byUser.get(a.userId) ?? 0) - (byUser.get(b.userId) ?? 0) ||
    (byFlow.get(a.flowId) ?? 0) - (byFlow.get(b.flowId) ?? 0) ||
    (a.first < b.first ? -1 : 1)
  return waiting.filter(mayBegin).toSorted(compare)[0]?.flowId
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
