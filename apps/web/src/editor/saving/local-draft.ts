import { del, get, set } from 'idb-keyval'
import { componentText } from '../../i18n/component-text.ts'
import type { Editor } from '../editor.ts'
import { withoutKeys } from '../export-flow.ts'
import { labelOf } from '../fields/field-widget.ts'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'
import type { Autosave } from './autosave.ts'
import { keptUnder } from './kept-under.ts'

/** What was not saved when the tab went: without the secrets that were typed. */
export interface Draft {
  readonly document: FlowDocument
  /** What the server had when it was made, without secrets as well. */
  readonly base: FlowDocument
  /** The version of that. */
  readonly version: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Fields that held a secret which has to be typed again: "OpenAI: API Key". */
  readonly lostSecrets: readonly string[]
}

/** What an earlier tab could not save. */
export const readDraft = (flowId: string): Promise<Draft | undefined> =>
  get<Draft>(keptUnder('draft', flowId)).catch(() => undefined)
export const dropDraft = (flowId: string): Promise<void> => drop(keptUnder('draft', flowId))
const drop = (key: string): Promise<void> => del(key).catch(() => undefined)

/**
 * Puts back what was not saved. What others have saved since is not written over: the changes go on from what they were
 * made from, so that the server's refusal has both sides merged, or asked about.
 */
export function restoreDraft({ document, base, version }: Draft, editor: Editor, autosave: Autosave): void {
  if (version !== autosave.saved().version) autosave.rebase(base, version)
  editor.replace(document)
}

const PAUSE_MS = 300
/** Whoever goes on and on without a pause loses no more than this. */
const AT_MOST_MS = 5000

/** Keeps what is not saved yet in this browser, until it is. @returns ends it */
export function keepDraft(flowId: string, editor: Editor, autosave: Autosave): () => void {
  // Found once: a page that is left after its user writes what is his.
  const key = keptUnder('draft', flowId)
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitsSince: number | undefined
  const write = (): void => {
    waitsSince = undefined
    const { document: saved, version } = autosave.saved()
    const current = editor.getDocument()
    if (current === saved) return
    const draft: Draft = {
      document: { ...current, nodes: current.nodes.map(withoutKeys) },
      base: { ...saved, nodes: saved.nodes.map(withoutKeys) },
      version,
      at: Date.now(),
      lostSecrets: lostSecrets(saved, current),
    }
    // A browser that keeps nothing (private windows) must not stop the editor.
    void set(key, draft).catch(() => undefined)
  }
  const later = (): void => {
    clearTimeout(timer)
    const now = Date.now()
    waitsSince ??= now
    timer = setTimeout(write, Math.min(PAUSE_MS, waitsSince + AT_MOST_MS - now))
  }
  const stopEditor = editor.store.subscribe((state, previous) => {
    if (state.document !== previous.document) later()
  })
  const stopSaved = autosave.store.subscribe(({ kind }) => {
    if (kind !== 'saved') return
    clearTimeout(timer)
    void drop(key)
  })
  const hide = (): void => write()
  addEventListener('pagehide', hide)
  return () => {
    clearTimeout(timer)
    stopEditor()
    stopSaved()
    removeEventListener('pagehide', hide)
  }
}

/** Fields with a secret that the server does not have: "OpenAI: API Key". */
export const lostSecrets = (saved: FlowDocument, current: FlowDocument): readonly string[] =>
  current.nodes.flatMap((node) => {
    const kept = withoutKeys(node).data.node.template
    const before = nodeOf(saved, node.id)?.data.node.template
    return Object.entries(node.data.node.template ?? {})
      .filter(([name, field]) => field?.value !== kept[name]?.value && field?.value !== before?.[name]?.value)
      .map(([name, field]) => `${componentText(node.data.node.display_name)}: ${labelOf(name, field)}`)
  })
