import { type ReactNode, Suspense, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/status.tsx'
import { setFields } from '../commands/set-fields.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { widgetOf } from '../fields/field-kinds.ts'
import { labelOf } from '../fields/field-widget.ts'
import type { FlowNode, TemplateField } from '../model/flow-document.ts'
import { commonFields } from './common-fields.ts'

/** The fields several selected nodes have in common; a change is made to all of them at once. */
export function SelectedFields({ nodes }: { readonly nodes: readonly FlowNode[] }): ReactNode {
  const { t } = useTranslation('fields')
  const { editor, refresh } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const id = useId()
  const fields = useMemo(() => commonFields(nodes), [nodes])
  const [first] = nodes
  if (!first) return null
  const change = (name: string, field: TemplateField, change: Partial<TemplateField>): void => {
    const changes = nodes.map((node) => ({ nodeId: node.id, field: name, change }))
    editor.apply(setFields, { changes }, { mergeKey: `${nodes.map((node) => node.id).join(' ')} ${name}` })
    if (field.real_time_refresh) for (const node of nodes) refresh.changed(node.id, name)
  }
  return (
    <ul className="flex flex-col">
      {fields.map(([name, field]) => {
        const Widget = widgetOf(field)
        return Widget ? (
          <li key={name} className="flex flex-col gap-1 border-border border-b px-4 py-3">
            <span id={`${id}-${name}`} className="font-medium text-sm">
              {labelOf(name, field)}
            </span>
            <Suspense fallback={<Skeleton className="h-8" />}>
              <Widget
                nodeId={first.id}
                name={name}
                field={field.value === undefined ? { ...field, placeholder: t('inspector.differ') } : field}
                onChange={(next) => change(name, field, next)}
                isDisabled={isLocked}
                surface="inspector"
                labelId={`${id}-${name}`}
                widgetOf={widgetOf}
              />
            </Suspense>
          </li>
        ) : null
      })}
      {fields.length === 0 ? (
        <li className="px-4 py-8 text-center text-sm text-text-muted">{t('inspector.nothingInCommon')}</li>
      ) : null}
    </ul>
  )
}
