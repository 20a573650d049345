import { Braces } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonEditor } from '../editors/json-editor.tsx'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'
import { OpenButton } from './open-button.tsx'

/** Any JSON object, edited as text or as a tree. */
export function NestedDictionaryField({
  name,
  field,
  onChange,
  isDisabled,
  labelId,
  surface,
}: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(false)
  const count = typeof field.value === 'object' && field.value !== null ? Object.keys(field.value).length : 0
  return (
    <>
      <OpenButton
        icon={<Braces size={14} />}
        label={t('json.edit')}
        labelId={labelId}
        onClick={() => setOpen(true)}
        testId={`dict_nesteddict_${testIdOf(surface, name)}`}
      >
        {count === 0 ? t('json.edit') : t('json.entries', { count })}
      </OpenButton>
      {isOpen ? (
        <JsonEditor
          title={labelOf(name, field)}
          value={field.value ?? {}}
          schema={field.json_schema ?? field.schema}
          example={field.default}
          isDisabled={isDisabled}
          onSave={(value) => onChange({ value })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
