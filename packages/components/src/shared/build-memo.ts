import type { RunContext } from '@runnel/sdk'

const kept = new WeakMap<RunContext, Map<string, Promise<unknown>>>()

/** Does a piece of work once for all outputs of one build of a node that want the same. `key` tells pieces apart. */
export function oncePerBuild<Value>(context: RunContext, key: string, work: () => Promise<Value>): Promise<Value> {
  const mine = kept.get(context) ?? new Map<string, Promise<unknown>>()
  kept.set(context, mine)
  const value = mine.get(key) ?? work()
  mine.set(key, value)
  // A component gives each kind of work a key of its own.
  return value as Promise<Value>
}
