import { X } from 'lucide-react'
import { type ReactNode, Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { widgetOf } from '../editor/fields/field-kinds.ts'
import type { TemplateField } from '../editor/model/flow-document.ts'
import { IconButton } from '../ui/button.tsx'
import { Skeleton } from '../ui/status.tsx'
import type { SettableField } from './session-values/session-values.ts'

export interface FieldRowProps {
  readonly known: SettableField
  readonly field: TemplateField
  readonly onChange: (change: Partial<TemplateField>) => void
  /** Given where the field can be taken off again. */
  readonly onRemove?: () => void
  readonly testId: string
}

/** A field of a node away from its node, with the widget it has there: in a form, or among the values of a session. */
export function FieldRow({ known, field, onChange, onRemove, testId }: FieldRowProps): ReactNode {
  const { t } = useTranslation('playground')
  const labelId = useId()
  const Widget = widgetOf(field)
  const title = `${known.component} · ${known.label}`
  return (
    <div className="flex flex-col gap-1" data-testid={testId}>
      <div className="flex items-center gap-2">
        <span id={labelId} className="min-w-0 flex-1 truncate font-medium text-sm">
          {title}
          {field.required ? <span className="text-danger"> *</span> : null}
        </span>
        {onRemove ? (
          <IconButton size="sm" label={t('values.remove', { name: title })} onClick={onRemove}>
            <X size={13} />
          </IconButton>
        ) : null}
      </div>
      {Widget ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <Widget
            nodeId={known.nodeId}
            name={known.name}
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
