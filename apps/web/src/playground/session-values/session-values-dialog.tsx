import { Plus, X } from 'lucide-react'
import { type ReactNode, Suspense, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditorState } from '../../editor/editor-context.tsx'
import { widgetOf } from '../../editor/fields/field-kinds.ts'
import type { TemplateField } from '../../editor/model/flow-document.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { OptionPicker } from '../../ui/option-picker.tsx'
import { Skeleton } from '../../ui/status.tsx'
import { valuesOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { keyOf, type SessionValue, sessionField, settableFields } from './session-values.ts'

/** Gives fields of the flow values for this session alone; the flow stays as it is (P-45). */
export function SessionValuesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const values = usePlaygroundState((state) => valuesOf(state, state.current))
  const document = useEditorState((state) => state.document)
  const fields = settableFields(document)
  const anchor = useRef<HTMLButtonElement>(null)
  const [isChoosing, setChoosing] = useState(false)
  const chosen = new Set(values.map(keyOf))
  const add = (key: string): void => {
    const field = fields.find((one) => one.key === key)
    if (field && !chosen.has(key)) {
      playground.setValues([...values, { nodeId: field.nodeId, field: field.name, change: {} }])
    }
    setChoosing(false)
  }
  const change = (key: string, part: Partial<TemplateField>): void =>
    playground.setValues(
      values.map((one) => (keyOf(one) === key ? { ...one, change: { ...one.change, ...part } } : one)),
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('values.title')}
      description={t('values.text')}
      testId="session-values-dialog"
      footer={
        <Button look="primary" onClick={onClose} data-testid="close-session-values">
          {t('values.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {values.map((value) => {
          const key = keyOf(value)
          const known = fields.find((one) => one.key === key)
          const field = sessionField(document, value)
          return field && known ? (
            <Row
              key={key}
              value={value}
              field={field}
              title={`${known.component} · ${known.label}`}
              onChange={(part) => change(key, part)}
              onRemove={() => playground.setValues(values.filter((one) => one !== value))}
            />
          ) : null
        })}
        <Button
          ref={anchor}
          className="self-start"
          disabled={fields.length === values.length}
          onClick={() => setChoosing(!isChoosing)}
          data-testid="add-session-value"
        >
          <Plus size={14} />
          {t('values.add')}
        </Button>
        {isChoosing ? (
          <OptionPicker
            anchor={anchor}
            onClose={() => setChoosing(false)}
            label={t('values.add')}
            options={fields
              .filter(({ key }) => !chosen.has(key))
              .map(({ key, label, component }) => ({ value: key, label, group: component }))}
            chosen={chosen}
            onChoose={add}
            searchLabel={t('values.search')}
            emptyText={t('values.none')}
          />
        ) : null}
      </div>
    </Dialog>
  )
}

interface RowProps {
  readonly value: SessionValue
  readonly field: TemplateField
  readonly title: string
  readonly onChange: (change: Partial<TemplateField>) => void
  readonly onRemove: () => void
}

function Row({ value, field, title, onChange, onRemove }: RowProps): ReactNode {
  const { t } = useTranslation('playground')
  const labelId = useId()
  const Widget = widgetOf(field)
  return (
    <div className="flex flex-col gap-1" data-testid={`session-value-${value.field}`}>
      <div className="flex items-center gap-2">
        <span id={labelId} className="min-w-0 flex-1 truncate font-medium text-sm">
          {title}
        </span>
        <IconButton size="sm" label={t('values.remove', { name: title })} onClick={onRemove}>
          <X size={13} />
        </IconButton>
      </div>
      {Widget ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <Widget
            nodeId={value.nodeId}
            name={value.field}
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
