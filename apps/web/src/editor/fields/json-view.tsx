import type { ReactNode } from 'react'
import type { FieldWidgetProps } from './field-widget.ts'

/** What the editor knows no widget for, as it is. */
export const JsonView = ({ field }: FieldWidgetProps): ReactNode => (
  <pre className="nodrag nowheel max-h-24 overflow-auto rounded-md bg-surface-muted p-2 font-mono text-xs">
    {JSON.stringify(field.value, null, 2)}
  </pre>
)
