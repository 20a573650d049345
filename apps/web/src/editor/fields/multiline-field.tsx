import { Eye, EyeOff, Globe, Maximize2 } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { TextArea } from '../../ui/input.tsx'
import { lazily } from '../../ui/lazily.ts'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'
import { suggestedName } from './variable-name.ts'

const VariablePicker = lazily(async () => (await import('./variable-picker.tsx')).VariablePicker)
const VariableBadge = lazily(async () => (await import('./variable-picker.tsx')).VariableBadge)
const TextEditor = lazily(async () => (await import('../editors/text-editor.tsx')).TextEditor)

/** Text of several lines, a secret or not; grows with it up to a point, and opens large. */
export function MultilineField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const [isWide, setWide] = useState(false)
  const [isShown, setShown] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const [isPicking, setPicking] = useState(false)
  const value = textOf(field.value)
  const isSecret = field.password === true
  const isVariable = field.load_from_db === true && value !== ''
  const draft = useDraft(isVariable ? '' : value, (text) =>
    onChange({ value: text, ...(field.load_from_db === true && { load_from_db: false }) }),
  )
  const isMasked = isSecret && !isShown
  return (
    <div ref={box} tabIndex={-1} className="nodrag relative">
      {isVariable ? (
        <Suspense fallback={<span className="block h-8" />}>
          <VariableBadge
            name={value}
            onClear={() => onChange({ value: '', load_from_db: false })}
            isDisabled={isDisabled}
          />
        </Suspense>
      ) : (
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
      )}
      <span className="absolute top-1 right-1 flex flex-col">
        {isVariable ? null : (
          <NodeButton
            label={t('expand')}
            className="bg-surface"
            onClick={() => setWide(true)}
            data-testid={`button_open_text_area_modal_textarea_str_${testIdOf(surface, name)}`}
          >
            <Maximize2 size={12} />
          </NodeButton>
        )}
        {isSecret && !isVariable ? (
          <NodeButton label={isShown ? t('hide') : t('show')} onClick={() => setShown(!isShown)}>
            {isShown ? <EyeOff size={12} /> : <Eye size={12} />}
          </NodeButton>
        ) : null}
        {isSecret && 'load_from_db' in field ? (
          <NodeButton
            label={t('variables.use')}
            disabled={isDisabled}
            onClick={() => setPicking(!isPicking)}
            data-testid={`variable-button-${testIdOf(surface, name)}`}
          >
            <Globe size={12} />
          </NodeButton>
        ) : null}
      </span>
      <Suspense fallback={null}>
        {isWide ? <TextEditor {...props} onClose={() => setWide(false)} /> : null}
        {isPicking ? (
          <VariablePicker
            anchor={box}
            onClose={() => setPicking(false)}
            onlyCredentials={isSecret}
            chosen={isVariable ? value : undefined}
            suggestedName={suggestedName(name, field)}
            onChoose={(variable) => onChange({ value: variable, load_from_db: true })}
          />
        ) : null}
      </Suspense>
    </div>
  )
}
