export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

const STORED = 'runnel.density'

export const density = (): Density => (localStorage.getItem(STORED) === 'compact' ? 'compact' : 'comfortable')

/** How tall the lines of tables and the fields of nodes are; remembered by the browser. */
export function setDensity(next: Density): void {
  localStorage.setItem(STORED, next)
  applyDensity()
}

export function applyDensity(): void {
  document.documentElement.dataset.density = density()
}

const COMPACT_ROW_PX = 28

/** The height of a line of a table that draws only the lines in view. @param usual where they are comfortable, pixels */
export const rowHeight = (usual: number): number => (density() === 'compact' ? COMPACT_ROW_PX : usual)
