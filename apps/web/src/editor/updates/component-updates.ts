import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Catalogue, CatalogueEntry } from '../catalogue.ts'
import { lostEdges } from '../commands/fit-edges.ts'
import { type DescribedNode, updateComponents } from '../commands/update-components.ts'
import type { Editor } from '../editor.ts'
import type { ComponentNode, FlowDocument, FlowNode } from '../model/flow-document.ts'
import { type ComponentChange, componentChanges } from './component-changes.ts'

/** A node whose component has changed since the node was made. */
export interface ComponentUpdate extends DescribedNode {
  readonly changes: readonly ComponentChange[]
}

export interface ComponentUpdates {
  /** By the id of the node. */
  readonly store: StoreApi<ReadonlyMap<string, ComponentUpdate>>
  /** Looks for updates of the flow as it is, and of what it becomes. @returns ends it */
  start(): () => void
  /** Updates nodes, as one step. @returns the flow before it */
  apply(ids: readonly string[]): FlowDocument
  /** No longer offers these updates, until the flow is opened again. */
  dismiss(ids: readonly string[]): void
}

export interface ComponentUpdatesOptions {
  readonly editor: Editor
  readonly catalogue: Pick<Catalogue, 'of'>
  /** What a node is today, with its values; rejects when the server cannot say. */
  readonly describe: (node: FlowNode, entry: CatalogueEntry, signal: AbortSignal) => Promise<DescribedNode>
}

const PAUSE_MS = 500
/** Nodes asked about at the same time. */
const AT_ONCE = 4

/**
 * Compares nodes with their components. What differs from the catalogue is asked of the server, which knows the
 * fields a node's values call for; only a difference to its answer is an update. Nodes whose source the user has edited
 * are his.
 */
export function createComponentUpdates({ editor, catalogue, describe }: ComponentUpdatesOptions): ComponentUpdates {
  const store = createStore<ReadonlyMap<string, ComponentUpdate>>(() => new Map())
  const seen = new Map<string, ComponentNode>()
  /** Nodes as the server was last asked about them: as long as their form is that, the answer holds. */
  const asked = new Map<string, ComponentNode>()
  const dismissed = new Set<string>()

  const entryFor = (node: FlowNode): CatalogueEntry | undefined => {
    const { node: component } = node.data
    if (component.edited === true || component.flow || dismissed.has(node.id)) return undefined
    const entry = catalogue.of(node)
    const isWritten = typeof entry?.component.template.code?.value === 'string' && entry.component.template.code.value
    return entry && !isWritten && mayDiffer(component, entry.component) ? entry : undefined
  }

  async function look(signal: AbortSignal): Promise<void> {
    const { nodes } = editor.getDocument()
    forget(nodes)
    const waiting = nodes.flatMap((node) => {
      if (seen.get(node.id) === node.data.node) return []
      seen.set(node.id, node.data.node)
      const last = asked.get(node.id)
      const entry = last && componentChanges(last, node.data.node).length === 0 ? undefined : entryFor(node)
      if (!entry) return []
      asked.set(node.id, node.data.node)
      return [{ node, entry }]
    })
    const ask = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const { node, entry } = next
        // A node the server cannot describe stays as it is.
        const described = await describe(node, entry, signal).catch(() => undefined)
        const changes = described ? componentChanges(described.sent, described.answer) : []
        const update = described && changes.length > 0 ? { ...described, changes } : undefined
        if (!signal.aborted) put(node.id, update)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, ask))
  }

  function put(id: string, update: ComponentUpdate | undefined): void {
    if (!update && !store.getState().has(id)) return
    const next = new Map(store.getState())
    if (update) next.set(id, update)
    else next.delete(id)
    store.setState(next, true)
  }

  /** Drops the updates of nodes that are gone or no longer differ. */
  function forget(nodes: readonly FlowNode[]): void {
    const left = new Set(nodes.filter((node) => store.getState().has(node.id) && entryFor(node)).map(({ id }) => id))
    const gone = [...store.getState().keys()].filter((id) => !left.has(id))
    if (gone.length === 0) return
    for (const id of gone) {
      seen.delete(id)
      asked.delete(id)
    }
    store.setState(new Map([...store.getState()].filter(([id]) => left.has(id))), true)
  }

  return {
    store,
    start() {
      const abort = new AbortController()
      let timer: ReturnType<typeof setTimeout> | undefined
      // The components may be others than those that were looked at before.
      seen.clear()
      const lookSoon = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => void look(abort.signal), PAUSE_MS)
      }
      const stop = editor.store.subscribe(({ document }, before) => {
        if (document.nodes !== before.document.nodes) lookSoon()
      })
      lookSoon()
      return () => {
        clearTimeout(timer)
        abort.abort()
        stop()
      }
    },
    apply(ids) {
      const before = editor.getDocument()
      const nodes = ids.flatMap((id) => store.getState().get(id) ?? [])
      editor.apply(updateComponents, { nodes })
      forget(editor.getDocument().nodes)
      return before
    },
    dismiss(ids) {
      for (const id of ids) dismissed.add(id)
      forget(editor.getDocument().nodes)
    },
  }
}

/** Whether a node lacks something its component has, or has it in another form: a first look, without the server. */
function mayDiffer(node: ComponentNode, stock: ComponentNode): boolean {
  return componentChanges(node, stock).some(({ part, what }) => part === 'output' || what !== 'gone')
}

const breaking = new WeakMap<ComponentUpdate, { readonly edges: FlowDocument['edges']; readonly breaks: boolean }>()

/** Whether an update costs the flow an edge. Worked out once for the edges there are. */
export function isBreaking(document: FlowDocument, update: ComponentUpdate): boolean {
  const known = breaking.get(update)
  if (known?.edges === document.edges) return known.breaks
  const breaks = lostEdges(document, updateComponents.apply(document, { nodes: [update] })).length > 0
  breaking.set(update, { edges: document.edges, breaks })
  return breaks
}
