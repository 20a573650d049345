import { CircleHelp, Lock } from 'lucide-react'
import { memo, type ReactNode, useCallback, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Tooltip } from '../../ui/tooltip.tsx'
import { setField } from '../commands/set-field.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import type { TemplateField } from '../model/flow-document.ts'
import { widgetOf } from './field-kinds.ts'
import type { FieldWidgetProps } from './field-widget.ts'

export interface FieldRowProps {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  /** An edge brings the value: the widget gives way to it (W-40). */
  readonly isConnected: boolean
  readonly surface: FieldWidgetProps['surface']
}

/** A field with its name and its widget, on the node and in the inspector alike. */
export const FieldRow = memo(function FieldRow({
  nodeId,
  name,
  field,
  isConnected,
  surface,
}: FieldRowProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const labelId = useId()
  const isLocked = useEditorState((state) => state.isLocked)
  const Widget = widgetOf(field)
  const onChange = useCallback(
    (change: Partial<TemplateField>) =>
      void editor.apply(setField, { nodeId, field: name, change }, { mergeKey: `${nodeId} ${name}` }),
    [editor, nodeId, name],
  )
  const isInline = field.type === 'bool'
  return (
    <div className={isInline ? 'flex items-center justify-between gap-2' : 'flex flex-col gap-1'}>
      <div id={labelId} className="flex min-w-0 items-center gap-1 font-medium text-sm">
        <span className="truncate">{field.display_name || name}</span>
        {field.required ? <span className="text-danger">*</span> : null}
        {field.info ? (
          <Tooltip label={field.info}>
            <CircleHelp size={13} className="shrink-0 text-text-faint" />
          </Tooltip>
        ) : null}
      </div>
      {isConnected ? (
        <div className="flex h-8 items-center gap-2 rounded-md bg-surface-muted px-2.5 text-sm text-text-muted">
          <Lock size={13} />
          {t('fields.receiving')}
        </div>
      ) : Widget ? (
        <Widget
          nodeId={nodeId}
          name={name}
          field={field}
          onChange={onChange}
          isDisabled={isLocked}
          surface={surface}
          labelId={labelId}
        />
      ) : null}
    </div>
  )
})
