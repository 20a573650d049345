import type { ReactNode } from 'react'
import { Switch } from '../../ui/switch.tsx'
import type { FieldWidgetProps } from './field-widget.ts'

export const BooleanField = ({ name, field, onChange, isDisabled }: FieldWidgetProps): ReactNode => (
  <Switch
    checked={field.value === true}
    onChange={(value) => onChange({ value })}
    label={field.display_name ?? name}
    disabled={isDisabled}
    testId={`toggle_bool_${name}`}
  />
)
