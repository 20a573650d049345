import { Eye, EyeOff, Maximize2 } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { TextArea } from '../../ui/input.tsx'
import { lazily } from '../../ui/lazily.ts'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

const TextEditor = lazily(async () => (await import('../editors/text-editor.tsx')).TextEditor)

/** Text of several lines; grows with it up to a point, and opens large. */
export function MultilineField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const [isWide, setWide] = useState(false)
  const [isShown, setShown] = useState(false)
  const draft = useDraft(textOf(field.value), (value) =>
    onChange({ value, ...(field.load_from_db === true && { load_from_db: false }) }),
  )
  const isMasked = field.password === true && !isShown
  return (
    <div className="nodrag relative">
      <TextArea
        {...draft}
        aria-labelledby={labelId}
        placeholder={field.placeholder || t('typeSomething')}
        disabled={isDisabled}
        rows={surface === 'node' ? 3 : 5}
        className={classNames(
          'nodrag nowheel field-sizing-content block max-h-40 min-h-16 resize-none pr-9',
          isMasked && '[-webkit-text-security:disc]',
        )}
        data-testid={`textarea_str_${testIdOf(surface, name)}`}
      />
      <span className="absolute top-1 right-1 flex flex-col">
        <NodeButton
          label={t('expand')}
          className="bg-surface"
          onClick={() => setWide(true)}
          data-testid={`button_open_text_area_modal_textarea_str_${testIdOf(surface, name)}`}
        >
          <Maximize2 size={12} />
        </NodeButton>
        {field.password === true ? (
          <NodeButton label={isShown ? t('hide') : t('show')} onClick={() => setShown(!isShown)}>
            {isShown ? <EyeOff size={12} /> : <Eye size={12} />}
          </NodeButton>
        ) : null}
      </span>
      {isWide ? (
        <Suspense fallback={null}>
          <TextEditor {...props} onClose={() => setWide(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
