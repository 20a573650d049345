import { applyPatch, diffJson, type JsonPatch } from '@runnel/protocol/json-patch'
import { del, get, set } from 'idb-keyval'
import type { Editor } from '../editor.ts'
import { withoutKeys } from '../export-flow.ts'
import { emptyHistory, type History, type HistoryStep } from '../history.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import type { Autosave } from './autosave.ts'
import { keptUnder } from './kept-under.ts'

/** A step as a browser keeps it: what it changed, both ways. */
interface KeptStep extends Pick<HistoryStep, 'id' | 'mergeKey' | 'at'> {
  readonly undo: JsonPatch
  readonly redo: JsonPatch
}

export interface KeptHistory {
  /** The version of the server's graph the steps lead to. */
  readonly version: string
  readonly past: readonly KeptStep[]
  readonly future: readonly KeptStep[]
}

/** Steps are never changed, so each is compared once. */
const printed = new WeakMap<HistoryStep, KeptStep | undefined>()

/** Keeps the history in this browser with each save, so that a reload keeps undo. @returns ends it */
export function keepHistory(flowId: string, editor: Editor, autosave: Autosave): () => void {
  const key = keptUnder('history', flowId)
  return autosave.store.subscribe(({ kind }) => {
    const { document, version } = autosave.saved()
    const { history } = editor.store.getState()
    if (kind !== 'saved' || editor.getDocument() !== document) return
    const kept = printHistory(history, document, version)
    const isEmpty = kept.past.length + kept.future.length === 0
    // A browser that keeps nothing (private windows) must not stop the editor.
    void (isEmpty ? del(key) : set(key, kept)).catch(() => undefined)
  })
}

/** Gives a flow that was just opened the history it had, if it is still at that version. */
export async function restoreHistory(flowId: string, editor: Editor, version: string): Promise<void> {
  const document = editor.getDocument()
  const kept = await get<KeptHistory>(keptUnder('history', flowId)).catch(() => undefined)
  if (kept?.version === version) editor.recall(readHistory(kept, document))
}

/** The steps that lead to the document without a gap; steps that touch a secret stay behind, and what is beyond them. */
export function printHistory({ past, future }: History, document: FlowDocument, version: string): KeptHistory {
  const keepFrom = (steps: readonly HistoryStep[], near: 'before' | 'after', far: 'before' | 'after') => {
    const kept: KeptStep[] = []
    let place = document
    for (const step of steps.toReversed()) {
      const print = step[near] === place ? printStep(step) : undefined
      if (!print) break
      kept.unshift(print)
      place = step[far]
    }
    return kept
  }
  return { version, past: keepFrom(past, 'after', 'before'), future: keepFrom(future, 'before', 'after') }
}

/** The steps around a document. */
export function readHistory({ past, future }: KeptHistory, document: FlowDocument): History {
  try {
    let place = document
    const pastSteps = past.toReversed().map(({ undo, redo: _, ...step }): HistoryStep => {
      const after = place
      place = patched(after, undo)
      return { ...step, before: place, after }
    })
    place = document
    const futureSteps = future.toReversed().map(({ redo, undo: _, ...step }): HistoryStep => {
      const before = place
      place = patched(before, redo)
      return { ...step, before, after: place }
    })
    return { past: pastSteps.reverse(), future: futureSteps.reverse() }
  } catch {
    // Kept by another release, or for another state: there is nothing to go back to.
    return emptyHistory
  }
}

// What made one document of another makes a document again.
const patched = (document: FlowDocument, patch: JsonPatch): FlowDocument => applyPatch(document, patch) as FlowDocument

function printStep(step: HistoryStep): KeptStep | undefined {
  if (!printed.has(step)) {
    const { id, mergeKey, at, before, after } = step
    const isOpen = touchesNoSecret(before, after)
    const both = isOpen ? { undo: diffJson(after, before), redo: diffJson(before, after) } : undefined
    printed.set(step, both && { id, mergeKey, at, ...both })
  }
  return printed.get(step)
}

/** Whether neither side's changed nodes hold a secret the other has not: those of both are in no patch. */
function touchesNoSecret(before: FlowDocument, after: FlowDocument): boolean {
  const others = new Map(before.nodes.map((node) => [node.id, node]))
  const gone = new Set(others.keys())
  for (const node of after.nodes) {
    gone.delete(node.id)
    const other = others.get(node.id)
    if (other !== node && secretsOf(node) !== secretsOf(other)) return false
  }
  return [...gone].every((id) => secretsOf(others.get(id)) === '')
}

/** The secrets of a node as text; empty when it has none. */
function secretsOf(node: FlowDocument['nodes'][number] | undefined): string {
  const secrets = node ? diffJson(withoutKeys(node), node) : []
  return secrets.length === 0 ? '' : JSON.stringify(secrets)
}
