import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { type FieldWidgetProps, labelOf } from '../fields/field-widget.ts'
import { type ComponentNode, fieldsOf, isField, type TemplateField } from '../model/flow-document.ts'

/** The form of a new option a dropdown offers, such as a new database; it is a node of its own (`dialog_inputs`). */
function formOf(dialog: unknown): ComponentNode | undefined {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const node = at(at(at(dialog, 'fields'), 'data'), 'node')
  const template = at(node, 'template')
  if (typeof template !== 'object' || template === null) return undefined
  const fields = Object.entries(template).filter((entry): entry is [string, TemplateField] => isField(entry[1]))
  const order = at(node, 'field_order')
  return {
    display_name: String(at(node, 'display_name') ?? ''),
    description: String(at(node, 'description') ?? ''),
    template: Object.fromEntries(fields),
    ...(Array.isArray(order) && { field_order: order.map(String) }),
  }
}

/** Asks for what a new option needs; the server makes it when the node is described anew. */
export function NewOptionDialog(props: FieldWidgetProps & { readonly onClose: () => void }): ReactNode {
  const { nodeId, name, field, onChange, isDisabled, widgetOf, onClose } = props
  const { t } = useTranslation('fields')
  const { refresh } = useWorkspace()
  const labelId = useId()
  const [form] = useState(() => formOf(field.dialog_inputs))
  const [changes, setChanges] = useState<Readonly<Record<string, Partial<TemplateField>>>>({})
  if (!form) return null
  const fields = fieldsOf(form).map(([key, one]) => [key, { ...one, ...changes[key] }] as const)
  const isComplete = fields.every(([, one]) => !one.required || (one.value !== '' && one.value !== undefined))
  const save = (): void => {
    onChange({ value: Object.fromEntries(fields.map(([key, one]) => [key, one.value])) })
    void refresh.refresh(nodeId, name)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={form.display_name || labelOf(name, field)}
      description={form.description || undefined}
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={isDisabled || !isComplete} onClick={save}>
            {t('create')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {fields.map(([key, one]) => {
          const Widget = widgetOf(one)
          return Widget ? (
            <div key={key} className="flex flex-col gap-1">
              <span id={`${labelId}-${key}`} className="font-medium text-sm">
                {labelOf(key, one)}
                {one.required ? <span className="text-danger"> *</span> : null}
              </span>
              <Widget
                nodeId={nodeId}
                name={key}
                field={one}
                onChange={(change) => setChanges((before) => ({ ...before, [key]: { ...before[key], ...change } }))}
                isDisabled={isDisabled}
                surface="inspector"
                labelId={`${labelId}-${key}`}
                widgetOf={widgetOf}
              />
            </div>
          ) : null
        })}
      </div>
    </Dialog>
  )
}
