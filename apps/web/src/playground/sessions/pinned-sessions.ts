import { create } from 'zustand'

const STORED = 'runnel.pinned-sessions'
/** Flows whose pins are kept; the ones changed last. */
const KEPT = 100

type Pins = Readonly<Record<string, readonly string[]>>

function remembered(): Pins {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    // Written below, and by nobody else.
    return typeof value === 'object' && value !== null ? (value as Pins) : {}
  } catch {
    return {}
  }
}

const usePins = create<Pins>(remembered)
const none: readonly string[] = []

/** The ids of the sessions of a flow that stand before all others; kept in this browser. */
export const usePinnedSessions = (flowId: string): readonly string[] => usePins((pins) => pins[flowId] ?? none)

/** Changes which sessions of a flow are pinned. */
export function changePins(flowId: string, change: (pinned: readonly string[]) => readonly string[]): void {
  const { [flowId]: before = none, ...others } = usePins.getState()
  const next = change(before)
  const kept = Object.entries({ ...others, ...(next.length > 0 && { [flowId]: next }) }).slice(-KEPT)
  usePins.setState(Object.fromEntries(kept), true)
  localStorage.setItem(STORED, JSON.stringify(usePins.getState()))
}

export const togglePin = (flowId: string, id: string): void =>
  changePins(flowId, (pinned) => (pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id]))
