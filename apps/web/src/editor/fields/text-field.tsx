import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextArea, TextInput } from '../../ui/input.tsx'
import type { FieldWidgetProps } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

/** Text of one line or several. */
export function TextField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('editor')
  const [draft, setDraft] = useDraft(typeof field.value === 'string' ? field.value : '', (value) => onChange({ value }))
  const shared = {
    'aria-labelledby': labelId,
    placeholder: field.placeholder || t('fields.typeSomething'),
    disabled: isDisabled,
    value: draft,
    className: 'nodrag nowheel',
  }
  return field.multiline ? (
    <TextArea
      {...shared}
      rows={surface === 'node' ? 3 : 6}
      data-testid={`textarea_str_${name}`}
      onChange={(event) => setDraft(event.target.value)}
    />
  ) : (
    <TextInput
      {...shared}
      type={field.password ? 'password' : 'text'}
      autoComplete="off"
      data-testid={`popover-anchor-input-${name}`}
      onChange={(event) => setDraft(event.target.value)}
    />
  )
}
