import type { ReactNode } from 'react'
import { Switch } from '../../ui/switch.tsx'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'

export const BooleanField = ({ name, field, onChange, isDisabled, surface }: FieldWidgetProps): ReactNode => (
  <span className="nodrag flex">
    <Switch
      checked={field.value === true}
      onChange={(value) => onChange({ value })}
      label={labelOf(name, field)}
      disabled={isDisabled}
      testId={`toggle_bool_${testIdOf(surface, name)}`}
    />
  </span>
)
