import { type CompletionSource, closeCompletion, completionStatus } from '@codemirror/autocomplete'
import { indentWithTab } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, runScopeHandlers, tooltips } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { type ReactNode, useEffect, useRef } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { composes } from '../../ui/input.tsx'
import { codeMirrorTheme } from './code-mirror-theme.ts'
import { useCodeMirrorWords } from './code-mirror-words.ts'

export interface CodeMirrorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** The accessible name. */
  readonly label: string
  /** Language, marks, checks; read once. */
  readonly extensions?: Extension
  readonly isReadOnly?: boolean
  /** Where the caret starts, in characters. */
  readonly caret?: number
  /** The line, from 1, the caret goes to; once for each object. */
  readonly goTo?: { readonly line: number } | undefined
  /** Tab leaves the editor unless this says it indents. */
  readonly indents?: boolean
  readonly className?: string
  readonly testId?: string
}

const fills = EditorView.theme({ '&.cm-editor': { height: '100%' } })

/** An editor of text or code. What is passed as `value` is taken in when it is not what the editor said last. */
export function CodeMirror(props: CodeMirrorProps): ReactNode {
  const {
    value,
    onChange,
    label,
    extensions = [],
    isReadOnly = false,
    caret,
    goTo,
    indents = false,
    className,
    testId,
  } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const hear = useRef(onChange)
  const words = useCodeMirrorWords()
  hear.current = onChange

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor for as long as it is shown
  useEffect(() => {
    if (!host.current) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        selection: { anchor: Math.min(caret ?? 0, value.length) },
        extensions: [
          basicSetup,
          codeMirrorTheme,
          fills,
          EditorView.lineWrapping,
          EditorState.readOnly.of(isReadOnly),
          EditorState.phrases.of(words),
          EditorView.contentAttributes.of({ 'aria-label': label, ...(testId && { 'data-testid': testId }) }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) hear.current(update.state.doc.toString())
          }),
          // The frame of the editor would cut them off, and a click outside of a dialog closes it.
          tooltips({ parent: host.current.closest<HTMLElement>('[role="dialog"]') ?? document.body }),
          indents ? keymap.of([indentWithTab]) : [],
          extensions,
        ],
      }),
    })
    view.current = made
    if (caret !== undefined) made.focus()
    const onEscape = escapeOf(made)
    addEventListener('keydown', onEscape, { capture: true })
    return () => {
      removeEventListener('keydown', onEscape, { capture: true })
      made.destroy()
    }
  }, [])

  useEffect(() => {
    const shown = view.current
    if (!shown || shown.state.doc.toString() === value) return
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const shown = view.current
    if (!shown || !goTo) return
    const { from } = shown.state.doc.line(Math.min(Math.max(goTo.line, 1), shown.state.doc.lines))
    shown.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    shown.focus()
  }, [goTo])

  return (
    <div
      ref={host}
      className={classNames(
        'nokey min-h-0 overflow-hidden rounded-md border border-border focus-within:border-accent focus-within:ring-1 focus-within:ring-accent',
        className,
      )}
    />
  )
}

/** Offers words while text is written. The editor tells sources apart by identity: one made anew for each key never answers. */
export const offer = (autocomplete: CompletionSource): Extension => {
  const offered = [{ autocomplete }]
  return EditorState.languageData.of(() => offered)
}

/**
 * Escape closes the list of words or the search over the text, and only then the dialog around it. Dialogs hear of
 * keys before what is in them, so this has to be heard at the window.
 */
const escapeOf =
  (view: EditorView) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || composes(event)) return
    if (!(event.target instanceof Node && view.dom.contains(event.target))) return
    const isListShown = completionStatus(view.state) === 'active'
    const isClosed = isListShown ? closeCompletion(view) : runScopeHandlers(view, event, 'search-panel')
    if (!isClosed) return
    event.preventDefault()
    event.stopPropagation()
  }
