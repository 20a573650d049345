import type { Client } from '@runnel/client'
import { updateNode } from '@runnel/protocol/editing'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { fieldOwner } from '../commands/group-fields.ts'
import { refreshComponent } from '../commands/refresh-component.ts'
import type { Editor } from '../editor.ts'
import { type ComponentNode, type FlowDocument, isField, nodeOf, type TemplateField } from '../model/flow-document.ts'

/** How the last refresh a field asked for went; no entry when it went well. */
export type FieldRefresh = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly message: string }

export interface NodeRefresh {
  /** By `refreshKey`. */
  readonly store: StoreApi<ReadonlyMap<string, FieldRefresh>>
  /** A field that reshapes its node has been changed: asks for the node once the typing pauses. */
  changed(nodeId: string, field: string): void
  /** Asks for the node now. @returns whether it was described anew */
  refresh(nodeId: string, field: string): Promise<boolean>
  /** Switches a node between being a step of the flow and being a tool. @returns whether it did */
  setToolMode(nodeId: string, isTool: boolean): Promise<boolean>
  /** Hears of each node that was described anew. @returns ends it */
  listen(hear: (before: FlowDocument, after: FlowDocument) => void): () => void
}

export const refreshKey = (nodeId: string, field: string): string => `${nodeId} ${field}`

/** Names the switch of a whole node where the name of a field is wanted. */
export const TOOL_MODE = 'tool_mode'
const PAUSE_MS = 300

export interface NodeRefreshOptions {
  readonly editor: Editor
  readonly client: Pick<Client, 'call'>
}

/** Asks the server to describe nodes anew when a field of theirs calls for other fields. */
export function createNodeRefresh({ editor, client }: NodeRefreshOptions): NodeRefresh {
  const store = createStore<ReadonlyMap<string, FieldRefresh>>(() => new Map())
  const listeners = new Set<(before: FlowDocument, after: FlowDocument) => void>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  /** One question per node at a time: a newer one makes the answer to the older worthless. */
  const asking = new Map<string, { readonly abort: AbortController; readonly key: string }>()

  function say(key: string, state: FieldRefresh | undefined): void {
    const next = new Map(store.getState())
    if (state) next.set(key, state)
    else next.delete(key)
    store.setState(next, true)
  }

  async function ask(nodeId: string, field: string, value: unknown): Promise<boolean> {
    const node = nodeOf(editor.getDocument(), nodeId)
    if (!node) return false
    const key = refreshKey(nodeId, field)
    const older = asking.get(nodeId)
    if (older) {
      older.abort.abort()
      say(older.key, undefined)
    }
    const abort = new AbortController()
    asking.set(nodeId, { abort, key })
    say(key, { kind: 'loading' })
    const owner = fieldOwner(node, field)
    const sent = owner.node.data.node
    try {
      const answer = await client.call(updateNode, {
        body: {
          code: codeOf(sent),
          field: owner.field,
          field_value: value,
          template: sent.template,
          frontend_node: { ...sent, type: owner.node.data.type },
          tool_mode: sent.tool_mode === true,
        },
        signal: abort.signal,
      })
      if (abort.signal.aborted) return false
      const before = editor.getDocument()
      // Undone or changed again meanwhile: the answer is about a value that is no longer there.
      const now = nodeOf(before, nodeId)?.data.node.template[field]
      if (field !== TOOL_MODE && now?.value !== node.data.node.template[field]?.value) {
        say(key, undefined)
        return false
      }
      // The server describes nodes in the same words as its catalogue.
      const described = answer as unknown as ComponentNode
      editor.apply(
        refreshComponent,
        { nodeId, field, sent, answer: described },
        { continues: field !== TOOL_MODE && editor.store.getState().history.past.at(-1)?.id === 'set-field' },
      )
      for (const hear of listeners) hear(before, editor.getDocument())
      say(key, undefined)
      return true
    } catch (error) {
      if (!abort.signal.aborted)
        say(key, { kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      return false
    } finally {
      if (asking.get(nodeId)?.abort === abort) asking.delete(nodeId)
    }
  }

  function refresh(nodeId: string, field: string): Promise<boolean> {
    clearTimeout(timers.get(nodeId))
    return ask(nodeId, field, storedValue(nodeOf(editor.getDocument(), nodeId)?.data.node.template[field]))
  }

  return {
    store,
    refresh,
    changed(nodeId, field) {
      clearTimeout(timers.get(nodeId))
      timers.set(
        nodeId,
        setTimeout(() => void refresh(nodeId, field), PAUSE_MS),
      )
    },
    setToolMode: (nodeId, isTool) => ask(nodeId, TOOL_MODE, isTool),
    listen(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  }
}

const storedValue = (field: TemplateField | undefined): unknown => field?.value ?? null

function codeOf({ template }: ComponentNode): string {
  const code: unknown = template.code
  return isField(code) && typeof code.value === 'string' ? code.value : ''
}
