import { Plus } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFromFlow } from '../../editor/from-flow.ts'
import type { TemplateField } from '../../editor/model/flow-document.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { OptionPicker } from '../../ui/option-picker.tsx'
import { FieldRow } from '../field-row.tsx'
import { valuesOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { keyOf, sessionField, settableFields } from './session-values.ts'
import { SessionVariables } from './session-variables.tsx'

/** Gives fields of the flow values for this session alone; the flow stays as it is. */
export function SessionValuesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const values = usePlaygroundState((state) => valuesOf(state, state.current))
  const fields = useFromFlow((document) => settableFields(document))
  const held = useFromFlow((document) => values.map((value) => sessionField(document, value)))
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
        {values.map((value, index) => {
          const key = keyOf(value)
          const known = fields.find((one) => one.key === key)
          const field = held[index]
          return field && known ? (
            <FieldRow
              key={key}
              known={known}
              field={field}
              testId={`session-value-${value.field}`}
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
        <SessionVariables />
      </div>
    </Dialog>
  )
}
