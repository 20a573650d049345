import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { addLine } from '../../ui/add-line.ts'
import { TextInput } from '../../ui/input.tsx'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, labelOf, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

/** Several texts, one below the other. */
export function ListField({ name, field, onChange, isDisabled, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const given = Array.isArray(field.value) ? field.value.map(textOf) : field.value ? [textOf(field.value)] : []
  const texts = given.length === 0 ? [''] : given
  const add =
    typeof field.list_add_label === 'string' && field.list_add_label
      ? componentText(field.list_add_label)
      : t('addMore')
  return (
    <ol data-lines className="nodrag flex flex-col gap-1">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text has nothing else that stays while it is typed
        <li key={index} data-line className="flex items-center gap-1">
          <Entry
            value={text}
            onChange={(next) => onChange({ value: texts.with(index, next) })}
            label={t('entry', { field: labelOf(name, field), number: index + 1 })}
            placeholder={placeholderOf(field, t('typeSomething'))}
            isDisabled={isDisabled}
            testId={`inputlist_str_${testIdOf(surface, name)}_${index}`}
          />
          {texts.length > 1 ? (
            <NodeButton
              label={t('remove')}
              disabled={isDisabled}
              data-testid={`input-list-delete-${testIdOf(surface, name)}-${index}`}
              onClick={() => onChange({ value: texts.toSpliced(index, 1) })}
            >
              <X size={13} />
            </NodeButton>
          ) : null}
          {index === 0 ? (
            <NodeButton
              label={add}
              disabled={isDisabled}
              data-testid={`input-list-add-more-${testIdOf(surface, name)}`}
              onClick={({ currentTarget }) => addLine(currentTarget, () => onChange({ value: [...texts, ''] }))}
            >
              <Plus size={13} />
            </NodeButton>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function Entry({
  value,
  onChange,
  label,
  placeholder,
  isDisabled,
  testId,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly placeholder: string
  readonly isDisabled: boolean
  readonly testId: string
}): ReactNode {
  const draft = useDraft(value, onChange)
  return (
    <TextInput {...draft} aria-label={label} placeholder={placeholder} disabled={isDisabled} data-testid={testId} />
  )
}
