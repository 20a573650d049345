import type { Viewport } from '@xyflow/react'

const STORED = 'runnel.views'
/** Of so many flows the last view is kept. */
const KEPT = 100

type Views = readonly (readonly [flowId: string, view: Viewport])[]

/** Reads what was stored; anything else than a list of views is none. */
export function parseViews(text: string | null): Views {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isEntry) : []
  } catch {
    return []
  }
}

const isEntry = (entry: unknown): entry is Views[number] =>
  Array.isArray(entry) && typeof entry[0] === 'string' && isView(entry[1])

function isView(value: unknown): value is Viewport {
  if (typeof value !== 'object' || value === null) return false
  return ['x', 'y', 'zoom'].every((key) => Number.isFinite(Reflect.get(value, key)))
}

/** The views with one more; the latest first, no more than are kept. */
export const withView = (views: Views, flowId: string, view: Viewport): Views =>
  [[flowId, view] as const, ...views.filter(([id]) => id !== flowId)].slice(0, KEPT)

/** Of each user of this browser for himself. */
const keyOf = (userId: string): string => `${STORED}.${userId}`

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

/** The view a user left a flow with; undefined of one that was not open before. */
export const storedView = (userId: string, flowId: string, shelf: Shelf = localStorage): Viewport | undefined =>
  parseViews(shelf.getItem(keyOf(userId))).find(([id]) => id === flowId)?.[1]

export function storeView(userId: string, flowId: string, view: Viewport, shelf: Shelf = localStorage): void {
  const views = parseViews(shelf.getItem(keyOf(userId)))
  shelf.setItem(keyOf(userId), JSON.stringify(withView(views, flowId, view)))
}
