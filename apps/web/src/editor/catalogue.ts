import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ComponentNode, FlowNode } from './model/flow-document.ts'

export interface CatalogueEntry {
  readonly type: string
  /** The category's id: `input_output`. */
  readonly category: string
  readonly component: ComponentNode
}

/** Every component the server knows. */
export interface Catalogue {
  readonly entries: readonly CatalogueEntry[]
  /** By type, or by another name files use for it: an older type, a class, `ext:…:Class@1`. */
  find(type: string): CatalogueEntry | undefined
  /** The component a node is a use of; undefined when this server has none, so that the node cannot run. */
  of(node: Pick<FlowNode, 'data'>): CatalogueEntry | undefined
  /** Whether the server can run a node: its component is here, or it is a group. */
  has(node: Pick<FlowNode, 'data'>): boolean
}

const EXTENSION_ID = /^ext:[a-z][a-z0-9_]*:([^@]+)@/

/** Components whose source users write. */
const WRITTEN = 'CustomComponent'

/** The answer of `GET /api/v1/all`: components by category and type. */
export type ListedComponents = Readonly<Record<string, Readonly<Record<string, object>>>>

/** A catalogue that comes after the flow: until it is there nothing is found, and every node counts as known. */
export interface LateCatalogue extends Catalogue {
  /** What it is now, for who wants to hear of its coming. */
  readonly store: StoreApi<Catalogue>
  fill(listed: ListedComponents): void
  /** Begins `then` once it is there, at once if it is, and anew when it is another. @returns ends it */
  whenThere(then: () => () => void): () => void
}

const NOTHING: Catalogue = { entries: [], find: () => undefined, of: () => undefined, has: () => true }

export function createLateCatalogue(): LateCatalogue {
  const store = createStore<Catalogue>(() => NOTHING)
  const now = store.getState
  return {
    store,
    get entries() {
      return now().entries
    },
    find: (type) => now().find(type),
    of: (node) => now().of(node),
    has: (node) => now().has(node),
    fill: (listed) => store.setState(createCatalogue(listed), true),
    whenThere(then) {
      let end = now() === NOTHING ? undefined : then()
      const stop = store.subscribe(() => {
        end?.()
        end = then()
      })
      return () => {
        stop()
        end?.()
      }
    },
  }
}

export function createCatalogue(listed: ListedComponents): Catalogue {
  const byName = new Map<string, CatalogueEntry>()
  const older: (readonly [name: string, entry: CatalogueEntry])[] = []
  const entries = Object.entries(listed).flatMap(([category, components]) =>
    Object.entries(components).map(([type, described]) => {
      // The server derives these from the same declarations it runs.
      const { aliases = [], ...component } = described as ComponentNode & { readonly aliases?: readonly string[] }
      const entry: CatalogueEntry = { type, category, component }
      byName.set(type, entry)
      for (const alias of aliases) older.push([alias, entry])
      return entry
    }),
  )
  for (const [alias, entry] of older) if (!byName.has(alias)) byName.set(alias, entry)
  const find = (type: string): CatalogueEntry | undefined =>
    byName.get(type) ?? byName.get(EXTENSION_ID.exec(type)?.[1] ?? '')
  const of: Catalogue['of'] = ({ data }) => {
    for (const name of [data.type, ...namesIn(data.node)]) {
      const entry = find(name)
      if (entry && (entry.type !== WRITTEN || !isPython(data.node))) return entry
    }
    return undefined
  }
  return { entries, find, of, has: (node) => node.data.node.flow !== undefined || of(node) !== undefined }
}

/** Names a node has for its component besides its type, as the server looks for them. */
function namesIn({ metadata, name, namespaced_id, key }: ComponentNode): readonly string[] {
  const { module, component_class_name, legacy_name }: Readonly<Record<string, unknown>> =
    typeof metadata === 'object' && metadata !== null ? { ...metadata } : {}
  const moduleClass = typeof module === 'string' ? module.split('.').at(-1) : undefined
  return [
    // The last part of a module path names a class only when it begins with a capital.
    moduleClass && /^[A-Z]/.test(moduleClass) ? moduleClass : undefined,
    name,
    namespaced_id,
    component_class_name,
    legacy_name,
    key,
  ].filter((one): one is string => typeof one === 'string')
}

/** Whether a node brings a source that is not TypeScript: kept with the flow, and never run. */
function isPython({ template }: ComponentNode): boolean {
  const source: unknown = template.code?.value
  return (
    typeof source === 'string' &&
    source.trim() !== '' &&
    !/^[ \t]*(?:import|export)\b.*(?:\bfrom[ \t]*['"]|\bdefault\b)/m.test(source)
  )
}
