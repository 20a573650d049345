import type { DragEvent } from 'react'

const TYPE = 'application/x-runnel-flows'

/** Lets flows be dragged to a project. */
export function dragFlows(event: DragEvent, ids: readonly string[]): void {
  event.dataTransfer.setData(TYPE, JSON.stringify(ids))
  event.dataTransfer.effectAllowed = 'move'
}

export const carriesFlows = (event: DragEvent): boolean => event.dataTransfer.types.includes(TYPE)

/** Ids of the flows that were dropped. */
export function droppedFlows(event: DragEvent): readonly string[] {
  const ids: unknown = JSON.parse(event.dataTransfer.getData(TYPE) || '[]')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}
