import type { ReactNode } from 'react'

export interface NodeNameProps {
  readonly id: string
  /** Of the flow's nodes, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** What a node is called, and the id by which programs know it; the id alone once the flow has it no longer. */
export function NodeName({ id, names }: NodeNameProps): ReactNode {
  const name = names.get(id)
  if (name === undefined) return id
  return (
    <>
      {name} <span className="font-mono font-normal text-text-muted text-xs">{id}</span>
    </>
  )
}
