import { Eye, EyeOff, Globe, KeyRound, Maximize2 } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { lazily } from '../../ui/lazily.ts'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'
import { suggestedName } from './variable-name.ts'

const VariablePicker = lazily(async () => (await import('./variable-picker.tsx')).VariablePicker)
const VariableBadge = lazily(async () => (await import('./variable-picker.tsx')).VariableBadge)
const VariableDialog = lazily(async () => (await import('../../variables/variable-dialog.tsx')).VariableDialog)
const TextEditor = lazily(async () => (await import('../editors/text-editor.tsx')).TextEditor)

/** Text of one line, a secret or not, or the name of a global variable. */
export function TextField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const box = useRef<HTMLDivElement>(null)
  const [isPicking, setPicking] = useState(false)
  const [isStoring, setStoring] = useState(false)
  const [isShown, setShown] = useState(false)
  const [isWide, setWide] = useState(false)
  const value = textOf(field.value)
  const isSecret = field.password === true
  const isVariable = field.load_from_db === true && value !== ''
  const takesVariables = 'load_from_db' in field
  const write = (text: string): void => onChange({ value: text, ...(takesVariables && { load_from_db: false }) })
  const draft = useDraft(isVariable ? '' : value, write)
  const choose = (variable: string): void => onChange({ value: variable, load_from_db: true })
  return (
    <div className="nodrag flex flex-col gap-1">
      <div ref={box} tabIndex={-1} className="relative flex items-center">
        {isVariable ? (
          <Suspense fallback={<span className="h-8" />}>
            <VariableBadge
              name={value}
              onClear={() => onChange({ value: '', load_from_db: isSecret })}
              isDisabled={isDisabled}
            />
          </Suspense>
        ) : (
          <TextInput
            {...draft}
            aria-labelledby={labelId}
            placeholder={field.placeholder || t('typeSomething')}
            disabled={isDisabled}
            type={isSecret && !isShown ? 'password' : 'text'}
            autoComplete={isSecret ? 'new-password' : 'off'}
            spellCheck={false}
            className="nodrag pr-14"
            data-testid={`popover-anchor-input-${testIdOf(surface, name)}`}
          />
        )}
        <span className="absolute right-1 flex">
          {isSecret && !isVariable ? (
            <NodeButton
              label={isShown ? t('hide') : t('show')}
              disabled={isDisabled}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? <EyeOff size={13} /> : <Eye size={13} />}
            </NodeButton>
          ) : null}
          {field.type === 'query' ? (
            <NodeButton label={t('expand')} onClick={() => setWide(true)}>
              <Maximize2 size={13} />
            </NodeButton>
          ) : null}
          {takesVariables ? (
            <NodeButton
              label={t('variables.use')}
              disabled={isDisabled}
              data-testid={`variable-button-${testIdOf(surface, name)}`}
              onClick={() => setPicking(!isPicking)}
            >
              <Globe size={13} />
            </NodeButton>
          ) : null}
        </span>
      </div>
      {isSecret && !isVariable && value !== '' ? (
        <button
          type="button"
          disabled={isDisabled}
          onClick={() => setStoring(true)}
          className="flex items-center gap-1 self-start text-accent text-xs hover:underline"
          data-testid={`store-as-variable-${testIdOf(surface, name)}`}
        >
          <KeyRound size={12} />
          {t('variables.store')}
        </button>
      ) : null}
      <Suspense fallback={null}>
        {isPicking ? (
          <VariablePicker
            anchor={box}
            onClose={() => setPicking(false)}
            onlyCredentials={isSecret}
            chosen={isVariable ? value : undefined}
            suggestedName={suggestedName(name, field)}
            onChoose={choose}
          />
        ) : null}
        {isStoring ? (
          <VariableDialog
            initial={{ type: 'Credential', name: suggestedName(name, field), value }}
            onClose={() => setStoring(false)}
            onSaved={choose}
          />
        ) : null}
        {isWide ? <TextEditor {...props} onClose={() => setWide(false)} /> : null}
      </Suspense>
    </div>
  )
}
