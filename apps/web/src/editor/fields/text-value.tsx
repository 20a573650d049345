import { Eye, EyeOff, Globe, KeyRound, Maximize2 } from 'lucide-react'
import { type ReactNode, type RefObject, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { type Draft, useDraft } from './use-draft.ts'
import { suggestedName } from './variable-name.ts'

const VariablePicker = lazily(async () => (await import('./variable-picker.tsx')).VariablePicker)
const VariableBadge = lazily(async () => (await import('./variable-picker.tsx')).VariableBadge)
const VariableDialog = lazily(async () => (await import('../../variables/variable-dialog.tsx')).VariableDialog)
const TextEditor = lazily(async () => (await import('../editors/text-editor.tsx')).TextEditor)

export interface TextValue {
  /** For the element around the text, which what is opened hangs on. */
  readonly box: RefObject<HTMLDivElement | null>
  readonly draft: Draft
  /** The text must not be read over a shoulder. */
  readonly isMasked: boolean
  /** Stands in place of the text when the field names a variable. */
  readonly badge: ReactNode
  /** Shows a secret. */
  readonly reveal: ReactNode
  /** Opens the variables, where the field takes their names. */
  readonly pick: ReactNode
  /** Offers to keep a secret as a variable. */
  readonly store: ReactNode
  /** Opens the text large; undefined where a variable is named. */
  readonly widen: (testId?: string) => ReactNode
  /** What these have opened. */
  readonly opened: ReactNode
}

/** A text of a field, of one line or several: a literal one, a secret, or the name of a global variable. */
export function useTextValue(props: FieldWidgetProps): TextValue {
  const { name, field, onChange, isDisabled, surface } = props
  const { t } = useTranslation('fields')
  const box = useRef<HTMLDivElement>(null)
  const [isShown, setShown] = useState(false)
  const [open, setOpen] = useState<'picker' | 'store' | 'editor'>()
  const value = textOf(field.value)
  const isSecret = field.password === true
  const takesVariables = 'load_from_db' in field
  const isVariable = field.load_from_db === true && value !== ''
  const write = (text: string): void => onChange({ value: text, ...(takesVariables && { load_from_db: false }) })
  const choose = (variable: string): void => onChange({ value: variable, load_from_db: true })
  const close = (): void => setOpen(undefined)
  return {
    box,
    draft: useDraft(isVariable ? '' : value, write),
    isMasked: isSecret && !isShown,
    badge: isVariable ? (
      <Suspense fallback={<span className="block h-8" />}>
        <VariableBadge
          name={value}
          onClear={() => onChange({ value: '', load_from_db: isSecret })}
          isDisabled={isDisabled}
        />
      </Suspense>
    ) : null,
    reveal:
      isSecret && !isVariable ? (
        <NodeButton label={isShown ? t('hide') : t('show')} disabled={isDisabled} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={13} /> : <Eye size={13} />}
        </NodeButton>
      ) : null,
    pick: takesVariables ? (
      <NodeButton
        label={t('variables.use')}
        disabled={isDisabled}
        data-testid={`variable-button-${testIdOf(surface, name)}`}
        onClick={() => setOpen(open === 'picker' ? undefined : 'picker')}
      >
        <Globe size={13} />
      </NodeButton>
    ) : null,
    store:
      isSecret && !isVariable && value !== '' ? (
        <button
          type="button"
          disabled={isDisabled}
          onClick={() => setOpen('store')}
          className="flex items-center gap-1 self-start text-accent text-xs hover:underline"
          data-testid={`store-as-variable-${testIdOf(surface, name)}`}
        >
          <KeyRound size={12} />
          {t('variables.store')}
        </button>
      ) : null,
    widen: (testId) =>
      isVariable ? null : (
        <NodeButton label={t('expand')} className="bg-surface" onClick={() => setOpen('editor')} data-testid={testId}>
          <Maximize2 size={13} />
        </NodeButton>
      ),
    opened: (
      <Suspense fallback={null}>
        {open === 'picker' ? (
          <VariablePicker
            anchor={box}
            onClose={close}
            onlyCredentials={isSecret}
            chosen={isVariable ? value : undefined}
            suggestedName={suggestedName(name, field)}
            onChoose={choose}
          />
        ) : null}
        {open === 'store' ? (
          <VariableDialog
            initial={{ type: 'Credential', name: suggestedName(name, field), value }}
            onClose={close}
            onSaved={choose}
          />
        ) : null}
        {open === 'editor' ? <TextEditor {...props} onClose={close} /> : null}
      </Suspense>
    ),
  }
}
