import { RotateCcw } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Switch } from '../../ui/switch.tsx'
import { remove } from '../commands/remove.ts'
import { setField } from '../commands/set-field.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { FieldRow } from '../fields/field-row.tsx'
import { labelOf } from '../fields/field-widget.ts'
import type { TemplateField } from '../model/flow-document.ts'
import { canvasHandles, fieldHandleId } from '../model/handles.ts'
import { asStock, differs } from './stock-value.ts'

export interface InspectedRowProps {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  /** The field as its component begins with it. */
  readonly stock: TemplateField | undefined
  readonly isConnected: boolean
  readonly isToolFilled: boolean
  /** The node is a tool and an agent could fill the field; else the field's own value goes into every call. */
  readonly canBeToolFilled: boolean
}

/** A field with its value and what becomes of it: on the node, over the API, filled by an agent. */
export const InspectedRow = memo(function InspectedRow(props: InspectedRowProps): ReactNode {
  const { nodeId, name, field, stock, isConnected, isToolFilled, canBeToolFilled } = props
  const { t } = useTranslation('fields')
  const { editor, refresh } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const label = labelOf(name, field)
  const change = (change: Partial<TemplateField>): void => void editor.apply(setField, { nodeId, field: name, change })

  async function setShown(isShown: boolean): Promise<void> {
    if (isShown || !isConnected) return change({ advanced: !isShown })
    const isMeant = await confirm({
      title: t('inspector.hideTitle', { field: label }),
      text: t('inspector.hideText'),
      confirm: t('inspector.hide'),
      danger: true,
    })
    if (!isMeant) return
    const edges = editor
      .getDocument()
      .edges.filter((edge) => edge.target === nodeId && canvasHandles(edge).target === fieldHandleId(name))
    editor.apply(remove, { nodes: new Set<string>(), edges: new Set(edges.map(({ id }) => id)) })
    editor.apply(setField, { nodeId, field: name, change: { advanced: true } }, { continues: true })
  }
  const reset = (): void => {
    change(asStock(field, stock))
    if (field.real_time_refresh) refresh.changed(nodeId, name)
  }
  const isChanged = stock !== undefined && differs(field, stock)
  return (
    <li className="flex flex-col gap-2 border-border border-b px-4 py-3" data-testid={`inspector-row-${name}`}>
      <FieldRow
        nodeId={nodeId}
        name={name}
        field={field}
        isConnected={isConnected}
        isToolFilled={isToolFilled}
        surface="inspector"
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-text-muted text-xs">
        <span className="flex items-center gap-1.5">
          <Switch
            checked={!field.advanced}
            onChange={(isOn) => void setShown(isOn)}
            label={t('inspector.showOf', { field: label })}
            disabled={isLocked}
            testId={`show${name}`}
          />
          <span aria-hidden="true">{t('inspector.show')}</span>
        </span>
        <span className="flex items-center gap-1.5">
          <Switch
            checked={field.api_editable === true}
            onChange={(isOn) => change({ api_editable: isOn })}
            label={t('inspector.exposeOf', { field: label })}
            disabled={isLocked || isConnected}
            testId={`expose${name}`}
          />
          <span aria-hidden="true">{t('inspector.expose')}</span>
        </span>
        {canBeToolFilled ? (
          <span className="flex items-center gap-1.5">
            <Switch
              checked={isToolFilled}
              onChange={(isOn) => change({ tool_mode: isOn })}
              label={t('inspector.toolFilledOf', { field: label })}
              disabled={isLocked || isConnected}
              testId={`tool${name}`}
            />
            <span aria-hidden="true">{t('inspector.toolFilled')}</span>
          </span>
        ) : null}
        <span className="flex-1" />
        {isChanged && !isConnected ? (
          <IconButton label={t('inspector.reset', { field: label })} size="sm" disabled={isLocked} onClick={reset}>
            <RotateCcw size={12} />
          </IconButton>
        ) : null}
      </div>
    </li>
  )
})
