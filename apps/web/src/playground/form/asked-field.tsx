import { type ReactNode, Suspense, useId } from 'react'
import { widgetOf } from '../../editor/fields/field-kinds.ts'
import type { TemplateField } from '../../editor/model/flow-document.ts'
import { Skeleton } from '../../ui/status.tsx'
import type { SettableField } from '../session-values/session-values.ts'

export interface AskedFieldProps {
  readonly asked: SettableField
  readonly field: TemplateField
  readonly onChange: (change: Partial<TemplateField>) => void
}

/** A field of a node in the form, as it is on the node. */
export function AskedField({ asked, field, onChange }: AskedFieldProps): ReactNode {
  const labelId = useId()
  const Widget = widgetOf(field)
  return (
    <div className="flex flex-col gap-1" data-testid={`form-field-${asked.name}`}>
      <span id={labelId} className="font-medium text-sm">
        {asked.component} · {asked.label}
        {field.required ? <span className="text-danger"> *</span> : null}
      </span>
      {Widget ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <Widget
            nodeId={asked.nodeId}
            name={asked.name}
            field={field}
            onChange={onChange}
            isDisabled={false}
            surface="inspector"
            labelId={labelId}
            widgetOf={widgetOf}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
