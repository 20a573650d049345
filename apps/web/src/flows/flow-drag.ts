import type { DragEvent } from 'react'

const TYPE = 'application/x-runnel-flows'

/** Whose flows are dragged; what a drag carries cannot be read before it ends. */
let dragged: string | undefined

/** Lets flows be dragged to a project of the same owner. @param owner whose they are; undefined of one's own */
export function dragFlows(event: DragEvent, ids: readonly string[], owner: string | undefined): void {
  dragged = owner
  event.dataTransfer.setData(TYPE, JSON.stringify(ids))
  event.dataTransfer.effectAllowed = 'move'
}

/** Whether flows of that owner are dragged; undefined asks for one's own. */
export const carriesFlows = (event: DragEvent, owner: string | undefined): boolean =>
  event.dataTransfer.types.includes(TYPE) && dragged === owner

/** Ids of the flows that were dropped. */
export function droppedFlows(event: DragEvent): readonly string[] {
  const ids: unknown = JSON.parse(event.dataTransfer.getData(TYPE) || '[]')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}
