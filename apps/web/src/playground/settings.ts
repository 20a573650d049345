import { create } from 'zustand'

/** How the user wants a chat shown; remembered in this browser. */
export interface PlaygroundSettings {
  /** Pixels of the panel beside the canvas. */
  readonly width: number
  readonly showTimes: boolean
  /** Seconds and tokens of each answer. */
  readonly showFigures: boolean
  readonly openSteps: boolean
  readonly sendBy: 'enter' | 'mod+enter'
}

export const MIN_WIDTH = 360
export const MAX_WIDTH = 720
const STORED = 'runnel.playground'
const DEFAULTS: PlaygroundSettings = {
  width: 440,
  showTimes: false,
  showFigures: false,
  openSteps: false,
  sendBy: 'enter',
}

function remembered(): Partial<PlaygroundSettings> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

export const usePlaygroundSettings = create<PlaygroundSettings>(() => ({ ...DEFAULTS, ...remembered() }))

export function setPlaygroundSettings(change: Partial<PlaygroundSettings>): void {
  usePlaygroundSettings.setState(change)
  localStorage.setItem(STORED, JSON.stringify(usePlaygroundSettings.getState()))
}
