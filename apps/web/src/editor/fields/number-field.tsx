import type { ReactNode } from 'react'
import { TextInput } from '../../ui/input.tsx'
import type { FieldWidgetProps } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

/** A whole or a decimal number; a comma is taken for the decimal point. */
export function NumberField({ name, field, onChange, isDisabled, labelId }: FieldWidgetProps): ReactNode {
  const isWhole = field.type === 'int'
  const shown = typeof field.value === 'number' || typeof field.value === 'string' ? String(field.value) : ''
  const [draft, setDraft] = useDraft(shown, (text) => {
    const value = text.trim() === '' ? '' : Number(text.replace(',', '.'))
    if (value === '' || (Number.isFinite(value) && (!isWhole || Number.isInteger(value)))) onChange({ value })
  })
  const isWrong = draft.trim() !== '' && !(isWhole ? /^-?\d+$/ : /^-?\d*[.,]?\d+(e-?\d+)?$/i).test(draft.trim())
  return (
    <TextInput
      aria-labelledby={labelId}
      aria-invalid={isWrong}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      disabled={isDisabled}
      value={draft}
      className="nodrag"
      data-testid={isWhole ? `int_int_${name}` : `float_float_${name}`}
      onChange={(event) => setDraft(event.target.value)}
    />
  )
}
