/**
 * What of a value a search finds: parts whose key or text holds it, with what leads there. Lists become objects of their
 * places, so that a part keeps its path. Undefined when nothing is found; the value itself for an empty search.
 */
export function foundIn(value: unknown, search: string): unknown {
  const wanted = search.trim().toLowerCase()
  return wanted === '' ? value : pruned(value, wanted)
}

function pruned(value: unknown, wanted: string): unknown {
  if (typeof value !== 'object' || value === null) {
    return String(value).toLowerCase().includes(wanted) ? value : undefined
  }
  const entries = Object.entries(value).flatMap(([key, one]) => {
    const found = key.toLowerCase().includes(wanted) && !Array.isArray(value) ? one : pruned(one, wanted)
    return found === undefined ? [] : [[key, found] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
