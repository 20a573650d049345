import type { FlowDocument } from './model/flow-document.ts'

export interface HistoryStep {
  /** The command that made it. */
  readonly id: string
  /** Steps of the same key made shortly after one another are one step: a burst of typing. */
  readonly mergeKey: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly before: FlowDocument
  readonly after: FlowDocument
}

/**
 * What can be undone and redone. Documents share all their parts that are the same, so a step costs what it changed.
 */
export interface History {
  readonly past: readonly HistoryStep[]
  readonly future: readonly HistoryStep[]
}

export const emptyHistory: History = { past: [], future: [] }

const STEPS = 200
const BURST_MS = 1000

/** Adds a step, or continues the last one. */
export function addStep({ past }: History, step: HistoryStep): History {
  const last = past.at(-1)
  const continues = last?.mergeKey !== undefined && last.mergeKey === step.mergeKey && step.at - last.at < BURST_MS
  return continues
    ? { past: [...past.slice(0, -1), { ...step, before: last.before }], future: [] }
    : { past: [...past, step].slice(-STEPS), future: [] }
}
