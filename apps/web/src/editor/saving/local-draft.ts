import { del, get, set } from 'idb-keyval'
import { componentText } from '../../i18n/component-text.ts'
import type { Editor } from '../editor.ts'
import { withoutKeys } from '../export-flow.ts'
import { labelOf } from '../fields/field-widget.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import type { Autosave } from './autosave.ts'
import { keptUnder } from './kept-under.ts'

/** What was not saved when the tab went: without the secrets that were typed. */
export interface Draft {
  readonly document: FlowDocument
  /** The version of the server it was made from. */
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

const PAUSE_MS = 300

/** Keeps what is not saved yet in this browser, until it is. @returns ends it */
export function keepDraft(flowId: string, editor: Editor, autosave: Autosave): () => void {
  // Found once: a page that is left after its user writes what is his.
  const key = keptUnder('draft', flowId)
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    const { document, version } = autosave.saved()
    const current = editor.getDocument()
    if (current === document) return
    const nodes = current.nodes.map(withoutKeys)
    const draft: Draft = {
      document: { ...current, nodes },
      version,
      at: Date.now(),
      lostSecrets: current.nodes.flatMap((node, index) => (nodes[index] === node ? [] : lostIn(node, nodes[index]))),
    }
    // A browser that keeps nothing (private windows) must not stop the editor.
    void set(key, draft).catch(() => undefined)
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(write, PAUSE_MS)
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

type DocumentNode = FlowDocument['nodes'][number]

function lostIn(node: DocumentNode, kept: DocumentNode | undefined): readonly string[] {
  return Object.entries(node.data.node.template ?? {})
    .filter(([name, field]) => field?.password && field.value !== kept?.data.node.template[name]?.value)
    .map(([name, field]) => `${componentText(node.data.node.display_name)}: ${labelOf(name, field)}`)
}
