import type { ComponentNode } from './model/flow-document.ts'

export interface CatalogueEntry {
  readonly type: string
  /** The category's id: `input_output`. */
  readonly category: string
  readonly component: ComponentNode
}

/** Every component the server knows. */
export interface Catalogue {
  readonly entries: readonly CatalogueEntry[]
  find(type: string): CatalogueEntry | undefined
}

/** @param listed the answer of `GET /api/v1/all`: components by category and type */
export function createCatalogue(listed: Readonly<Record<string, Readonly<Record<string, object>>>>): Catalogue {
  const entries = Object.entries(listed).flatMap(([category, components]) =>
    // The server derives these from the same declarations it runs.
    Object.entries(components).map(([type, component]) => ({ type, category, component: component as ComponentNode })),
  )
  const byType = new Map(entries.map((entry) => [entry.type, entry]))
  return { entries, find: (type) => byType.get(type) }
}
