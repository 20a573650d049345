import { create } from 'zustand'
import { DELIVERIES, type Delivery } from './run/delivery.ts'

/** What a browser remembers of how its user likes a workspace. */
export interface Remembered {
  /** Pixels. */
  readonly sidebarWidth: number
  readonly inspectorWidth: number
  readonly dockHeight: number
  /** How much flowed through an edge stands on it. */
  readonly edgeValues: boolean
  /** Time and tokens stand at the foot of a node that ran. */
  readonly nodeFacts: boolean
  /** Whether what is dragged lines up with other nodes, and whether with a grid. */
  readonly hasGuides: boolean
  readonly hasGrid: boolean
  /** How the events of runs come; undefined: as the server has it. */
  readonly delivery: Delivery | undefined
}

export const SIDEBAR_WIDTHS = { min: 240, max: 480 } as const
export const INSPECTOR_WIDTHS = { min: 320, max: 720 } as const
export const DOCK_HEIGHTS = { min: 120, max: 480 } as const

const STORED = 'runnel.panels'
const DEFAULTS: Remembered = {
  sidebarWidth: 256,
  inspectorWidth: 360,
  dockHeight: 220,
  edgeValues: false,
  nodeFacts: true,
  hasGuides: true,
  hasGrid: false,
  delivery: undefined,
}

function stored(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    if (typeof value !== 'object' || value === null) return DEFAULTS
    const sizeOf = (
      name: 'sidebarWidth' | 'inspectorWidth' | 'dockHeight',
      { min, max }: { readonly min: number; readonly max: number },
    ): number => {
      const size: unknown = Reflect.get(value, name)
      return typeof size === 'number' ? Math.min(max, Math.max(min, size)) : DEFAULTS[name]
    }
    const isOn = (name: 'edgeValues' | 'nodeFacts' | 'hasGuides' | 'hasGrid'): boolean => {
      const choice: unknown = Reflect.get(value, name)
      return typeof choice === 'boolean' ? choice : DEFAULTS[name]
    }
    return {
      sidebarWidth: sizeOf('sidebarWidth', SIDEBAR_WIDTHS),
      inspectorWidth: sizeOf('inspectorWidth', INSPECTOR_WIDTHS),
      dockHeight: sizeOf('dockHeight', DOCK_HEIGHTS),
      edgeValues: isOn('edgeValues'),
      nodeFacts: isOn('nodeFacts'),
      hasGuides: isOn('hasGuides'),
      hasGrid: isOn('hasGrid'),
      delivery: DELIVERIES.find((one) => one === Reflect.get(value, 'delivery')),
    }
  } catch {
    return DEFAULTS
  }
}

/** How large the user has made the panels, and what is shown on the canvas. */
export const useRemembered = create<Remembered>(stored)

export function remember(change: Partial<Remembered>): void {
  useRemembered.setState(change)
  localStorage.setItem(STORED, JSON.stringify(useRemembered.getState()))
}
