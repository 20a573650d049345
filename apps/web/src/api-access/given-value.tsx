import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { variablesQuery } from '../api/variables.ts'
import { IconButton } from '../ui/button.tsx'
import { TextArea, TextInput } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import type { InputField } from './flow-inputs.ts'
import { editorKind, jsonOf, numberOf } from './given-values.ts'

/** Puts a value in the place of what a field holds, in the printed code alone; undefined takes it back. */
export type GiveValue = (nodeId: string, fieldName: string, value: unknown) => void

export interface GivenValueProps {
  readonly field: InputField
  /** The value is not what the flow holds. */
  readonly isGiven: boolean
  readonly onGive: GiveValue
}

/** The value an exposed field has in the printed code, and the way back to the one of the flow. */
export function GivenValue({ field, isGiven, onGive }: GivenValueProps): ReactNode {
  const { t } = useTranslation('api-access')
  // What was typed and says no value goes with the reset.
  const [resets, setResets] = useState(0)
  return (
    <span className="flex min-w-0 items-start gap-1">
      <ValueEditor key={resets} field={field} onChange={(value) => onGive(field.nodeId, field.name, value)} />
      <IconButton
        label={t('schema.reset', { field: field.label })}
        size="sm"
        disabled={!isGiven}
        data-testid={`reset-${field.nodeId}-${field.name}`}
        onClick={() => {
          onGive(field.nodeId, field.name, undefined)
          setResets(resets + 1)
        }}
      >
        <RotateCcw size={14} />
      </IconButton>
    </span>
  )
}

interface EditorProps {
  readonly field: InputField
  readonly onChange: (value: unknown) => void
}

function ValueEditor({ field, onChange }: EditorProps): ReactNode {
  const { t } = useTranslation('api-access')
  const label = t('schema.value', { field: field.label })
  const testId = `value-${field.nodeId}-${field.name}`
  const kind = editorKind(field)
  if (kind === 'secret') return <VariableChoice field={field} onChange={onChange} />
  if (kind === 'switch') {
    return <Switch checked={field.value === true} onChange={onChange} label={label} testId={testId} />
  }
  if (kind === 'choice') {
    const options = field.options.filter((option) => option !== '').map((value) => ({ value, label: value }))
    const chosen = typeof field.value === 'string' ? field.value : undefined
    return (
      <Select
        value={chosen}
        options={options}
        onChange={onChange}
        label={label}
        testId={testId}
        className="w-52 min-w-0"
      />
    )
  }
  if (kind === 'text') {
    return (
      <TextArea
        rows={1}
        aria-label={label}
        data-testid={testId}
        value={String(field.value)}
        onChange={(event) => onChange(event.target.value)}
        className="field-sizing-content max-h-32 w-52!"
      />
    )
  }
  return <TypedText field={field} onChange={onChange} />
}

/** A number or JSON, kept as it is typed; only what says a value counts. */
function TypedText({ field, onChange }: EditorProps): ReactNode {
  const { t } = useTranslation('api-access')
  const isNumber = editorKind(field) === 'number'
  const [text, setText] = useState(() => (isNumber ? String(field.value) : JSON.stringify(field.value)))
  const read = (typed: string): unknown => (isNumber ? numberOf(typed, field.type) : jsonOf(typed, field.type))
  const props = {
    'aria-label': t('schema.value', { field: field.label }),
    'aria-invalid': text !== '' && read(text) === undefined,
    'data-testid': `value-${field.nodeId}-${field.name}`,
    spellCheck: false,
    value: text,
  }
  const typed = (next: string): void => {
    setText(next)
    const value = read(next)
    if (value !== undefined) onChange(value)
  }
  return isNumber ? (
    <TextInput {...props} inputMode="decimal" className="w-52!" onChange={(event) => typed(event.target.value)} />
  ) : (
    <TextArea
      {...props}
      rows={1}
      className="field-sizing-content max-h-32 w-52! font-mono"
      onChange={(event) => typed(event.target.value)}
    />
  )
}

/** A secret is never shown and never typed: callers name one of the global variables. */
function VariableChoice({ field, onChange }: EditorProps): ReactNode {
  const { t } = useTranslation('api-access')
  const { data: variables = [] } = useQuery(variablesQuery)
  return (
    <Select
      value={field.variable}
      options={variables.map(({ name }) => ({ value: name, label: name }))}
      placeholder={`•••••• ${t('schema.secret')}`}
      disabled={variables.length === 0}
      onChange={onChange}
      label={t('schema.value', { field: field.label })}
      testId={`value-${field.nodeId}-${field.name}`}
      className="w-52 min-w-0"
    />
  )
}
