import type { ReactNode } from 'react'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { type FieldWidgetProps, labelOf } from './field-widget.ts'

/** What the editor knows no widget for, as it is. */
export function JsonView({ name, field }: FieldWidgetProps): ReactNode {
  return (
    <ScrollBox
      label={labelOf(name, field)}
      className="nodrag nowheel max-h-24 overflow-auto whitespace-pre rounded-md bg-surface-muted p-2 font-mono text-xs"
    >
      {JSON.stringify(field.value ?? null, null, 2)}
    </ScrollBox>
  )
}
