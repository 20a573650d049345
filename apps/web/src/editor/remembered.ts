import { create } from 'zustand'

/** What a browser remembers of its user's workspaces. */
export interface Remembered {
  /** Pixels. */
  readonly sidebarWidth: number
  readonly dockHeight: number
}

export const SIDEBAR_WIDTHS = { min: 240, max: 480 } as const
export const DOCK_HEIGHTS = { min: 120, max: 480 } as const

const STORED = 'runnel.panels'
const DEFAULTS: Remembered = { sidebarWidth: 256, dockHeight: 220 }

function stored(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    if (typeof value !== 'object' || value === null) return DEFAULTS
    const sizeOf = (name: keyof Remembered, { min, max }: { readonly min: number; readonly max: number }): number => {
      const size: unknown = Reflect.get(value, name)
      return typeof size === 'number' ? Math.min(max, Math.max(min, size)) : DEFAULTS[name]
    }
    return { sidebarWidth: sizeOf('sidebarWidth', SIDEBAR_WIDTHS), dockHeight: sizeOf('dockHeight', DOCK_HEIGHTS) }
  } catch {
    return DEFAULTS
  }
}

/** How large the user has made the panels. */
export const useRemembered = create<Remembered>(stored)

export function remember(change: Partial<Remembered>): void {
  useRemembered.setState(change)
  localStorage.setItem(STORED, JSON.stringify(useRemembered.getState()))
}
