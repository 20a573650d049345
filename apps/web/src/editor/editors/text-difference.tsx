import { MergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { codeMirrorTheme } from './code-mirror-theme.ts'
import { useCodeMirrorWords } from './code-mirror-words.ts'

export interface TextDifferenceProps {
  readonly before: string
  readonly after: string
  /** How both are coloured; always the same one. */
  readonly language?: Extension
  readonly className?: string
}

/** Two texts side by side, what differs marked. */
export function TextDifference({ before, after, language, className }: TextDifferenceProps): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const words = useRef(useCodeMirrorWords())
  const { t } = useTranslation('fields')
  useEffect(() => {
    if (!host.current) return
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        basicSetup,
        codeMirrorTheme,
        language ?? [],
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorState.readOnly.of(true),
        EditorState.phrases.of(words.current),
      ],
    })
    const view = new MergeView({
      a: side(before, t('difference.before')),
      b: side(after, t('difference.after')),
      parent: host.current,
      collapseUnchanged: {},
    })
    return () => view.destroy()
  }, [before, after, language, t])
  return (
    <div ref={host} className={classNames('nokey min-h-0 overflow-auto rounded-md border border-border', className)} />
  )
}
