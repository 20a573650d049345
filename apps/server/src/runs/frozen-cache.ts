import type { NodeResult } from '@runnel/engine/node-result'

/** How long a frozen node's result is kept, in milliseconds. */
const KEPT_MS = 3_600_000
const KEPT = 1_000

/** The last results of nodes, by flow and node: what a frozen node gives instead of running. */
export function createFrozenCache(now: () => number) {
  const kept = new Map<string, { readonly result: NodeResult; readonly until: number }>()
  return {
    /** How many results it holds, of all flows. */
    size: () => kept.size,
    /** The part of one flow. */
    of: (flowId: string) => ({
      get(nodeId: string): NodeResult | undefined {
        const found = kept.get(`${flowId}/${nodeId}`)
        return found && found.until > now() ? found.result : undefined
      },
      set(nodeId: string, result: NodeResult): void {
        const key = `${flowId}/${nodeId}`
        kept.delete(key)
        kept.set(key, { result, until: now() + KEPT_MS })
        const oldest = kept.size > KEPT ? kept.keys().next().value : undefined
        if (oldest !== undefined) kept.delete(oldest)
      },
    }),
  }
}
export type FrozenCache = ReturnType<typeof createFrozenCache>
