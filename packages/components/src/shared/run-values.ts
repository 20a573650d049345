import type { Data, RunContext } from '@runnel/sdk'

type Kept = Data | readonly Data[]

// Node ids never begin like this, so no node's own state is hit.
const slot = (key: string): string => `context:${key}`

/** What was kept under a key in this run. */
export const valueUnder = ({ state }: RunContext, key: string): Kept | undefined =>
  // Only `keepUnder` writes these slots.
  state.get(slot(key)) as Kept | undefined

/** Keeps a value for the rest of the run. */
export function keepUnder({ state }: RunContext, key: string, value: Kept): void {
  state.set(slot(key), value)
}
