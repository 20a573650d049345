import { markdown } from '@codemirror/lang-markdown'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { type FieldWidgetProps, labelOf, textOf } from '../fields/field-widget.ts'
import { CodeMirror } from './code-mirror.tsx'
import { countWords } from './count-words.ts'

/** The text of a field, large (W-157). */
export function TextEditor({
  name,
  field,
  onChange,
  isDisabled,
  onClose,
}: FieldWidgetProps & { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(textOf(field.value))
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
      <CodeMirror
        value={text}
        onChange={setText}
        label={labelOf(name, field)}
        extensions={markdown()}
        isReadOnly={isDisabled}
        caret={text.length}
        className="h-full"
        testId="text-area-modal"
      />
    </Dialog>
  )
}
