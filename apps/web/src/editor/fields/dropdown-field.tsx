import type { ReactNode } from 'react'
import { Select } from '../../ui/select.tsx'
import type { FieldWidgetProps } from './field-widget.ts'

const nameOf = (option: unknown): string =>
  typeof option === 'object' && option !== null && 'name' in option ? String(option.name) : String(option)

/** One of the options the component offers. */
export function DropdownField({ name, field, onChange, isDisabled }: FieldWidgetProps): ReactNode {
  const options = [...new Set((field.options ?? []).map(nameOf))].filter((option) => option !== '')
  return (
    <Select
      value={typeof field.value === 'string' && field.value !== '' ? field.value : undefined}
      options={options.map((value) => ({ value, label: value }))}
      onChange={(value) => onChange({ value })}
      label={field.display_name ?? name}
      disabled={isDisabled}
      className="nodrag w-full"
      testId={`dropdown_str_${name}`}
    />
  )
}
