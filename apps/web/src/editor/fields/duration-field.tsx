import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'
import { durationOf, UNITS } from './duration-value.ts'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

/** A whole number of minutes, hours or days. */
export function DurationField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const { value, unit } = durationOf(field.value)
  const draft = useDraft(value === undefined ? '' : String(value), (text) => {
    if (/^\d{1,9}$/.test(text.trim())) onChange({ value: { value: Number(text), unit } })
  })
  const isWrong = !/^\d{1,9}$/.test(draft.value.trim())
  return (
    <div className="nodrag flex flex-col gap-1">
      <div className="flex gap-1">
        <TextInput
          {...draft}
          aria-labelledby={labelId}
          aria-invalid={isWrong}
          inputMode="numeric"
          autoComplete="off"
          disabled={isDisabled}
          data-testid={`duration_value_${testIdOf(surface, name)}`}
        />
        <Select
          label={t('duration.unit', { field: labelOf(name, field) })}
          value={unit}
          options={UNITS.map((one) => ({ value: one, label: t(`duration.${one}`) }))}
          onChange={(next) => onChange({ value: { value: value ?? 0, unit: next } })}
          disabled={isDisabled}
          testId={`duration_unit_${testIdOf(surface, name)}`}
        />
      </div>
      {isWrong ? (
        <span role="alert" className="text-danger text-xs">
          {t('notInteger')}
        </span>
      ) : null}
    </div>
  )
}
