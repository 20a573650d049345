import { useEffect, useMemo, useRef, useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly has: (id: string) => boolean
  /** One more or one less; with Shift the whole range since the last one. */
  readonly toggle: (id: string, keys?: { readonly shiftKey: boolean }) => void
  readonly set: (ids: Iterable<string>) => void
  readonly clear: () => void
}

/**
 * What a click with Shift or without selects: a range from the last one to this, or this one. A range that ends on a
 * selected entry is taken back.
 */
export function nextSelection(
  before: ReadonlySet<string>,
  order: readonly string[],
  { id, last, shiftKey }: { readonly id: string; readonly last: string | undefined; readonly shiftKey: boolean },
): ReadonlySet<string> {
  const [to, from] = [order.indexOf(id), last === undefined ? -1 : order.indexOf(last)]
  const range = shiftKey && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
  const after = new Set(before)
  for (const one of range) {
    if (before.has(id)) after.delete(one)
    else after.add(one)
  }
  return after
}

/** The selected entries of a list; those that are no longer in it are forgotten, and all when the window loses focus. */
export function useSelection(order: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | undefined>(undefined)
  const ids = useMemo(() => new Set(order.filter((id) => chosen.has(id))), [order, chosen])
  useEffect(() => {
    const forget = (): void => setChosen(new Set())
    addEventListener('blur', forget)
    return () => removeEventListener('blur', forget)
  }, [])
  return {
    ids,
    has: (id) => ids.has(id),
    toggle(id, { shiftKey } = { shiftKey: false }) {
      setChosen(nextSelection(ids, order, { id, last: last.current, shiftKey }))
      last.current = id
    },
    set: (next) => setChosen(new Set(next)),
    clear: () => setChosen(new Set()),
  }
}
