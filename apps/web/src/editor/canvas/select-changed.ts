interface Selects {
  readonly type: string
  readonly id?: string
  readonly selected?: boolean
}

/** Hands on what became selected or not, when anything did. */
export function selectChanged(
  changes: readonly Selects[],
  before: ReadonlySet<string>,
  select: (chosen: ReadonlySet<string>) => void,
): void {
  const chosen = new Set(before)
  let isChanged = false
  for (const { type, id, selected } of changes) {
    if (type !== 'select' || id === undefined || chosen.has(id) === selected) continue
    isChanged = true
    if (selected) chosen.add(id)
    else chosen.delete(id)
  }
  if (isChanged) select(chosen)
}
