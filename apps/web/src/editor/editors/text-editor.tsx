import { markdown } from '@codemirror/lang-markdown'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { lazily } from '../../ui/lazily.ts'
import { Segments } from '../../ui/segments.tsx'
import { printKeys } from '../actions/shortcuts.ts'
import { type FieldWidgetProps, labelOf, textOf } from '../fields/field-widget.ts'
import { CodeMirror } from './code-mirror.tsx'
import { countWords } from './count-words.ts'

const Markdown = lazily(async () => (await import('../../ui/markdown.tsx')).Markdown)
const EXTENSIONS = markdown()

/** The text of a field, large: with its words counted, found and read as Markdown. */
export function TextEditor({
  name,
  field,
  onChange,
  isDisabled,
  onClose,
}: FieldWidgetProps & { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(textOf(field.value))
  const [view, setView] = useState<'write' | 'preview'>('write')
  const save = (): void => {
    onChange({ value: text, ...(field.load_from_db === true && { load_from_db: false }) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={labelOf(name, field)}
      description={field.info ? componentText(field.info) : undefined}
      width="lg"
      tall
      footer={
        <>
          <span className="mr-auto self-center text-text-muted text-xs">
            {t('text.words', { count: countWords(text) })} · {t('text.characters', { count: [...text].length })}
            {typeof field.separator === 'string' ? ` · ${t('text.separator', { separator: field.separator })}` : ''}
          </span>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={isDisabled} onClick={save} data-testid="genericModalBtnSave">
            {t('finish')}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <div className="flex items-center gap-3">
          <Segments
            label={t('text.view')}
            value={view}
            options={[
              { value: 'write', label: t('text.write') },
              { value: 'preview', label: t('text.preview') },
            ]}
            onChange={setView}
          />
          <span className="text-text-muted text-xs">
            {t('text.keys', { find: printKeys('mod+f'), undo: printKeys('mod+z') })}
          </span>
        </div>
        {/* Hidden and not gone, so that what was written can still be undone. */}
        <CodeMirror
          value={text}
          onChange={setText}
          label={labelOf(name, field)}
          extensions={EXTENSIONS}
          isReadOnly={isDisabled}
          caret={text.length}
          className={view === 'write' ? 'flex-1' : 'hidden'}
          testId="text-area-modal"
        />
        {view === 'preview' ? (
          <div
            className="min-h-0 flex-1 overflow-auto rounded-md border border-border p-3 text-sm"
            data-testid="text-preview"
          >
            <Suspense fallback={null}>
              <Markdown text={text} />
            </Suspense>
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}
