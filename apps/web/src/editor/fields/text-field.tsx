import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { type FieldWidgetProps, placeholderOf, testIdOf } from './field-widget.ts'
import { useTextValue } from './text-value.tsx'

/** Text of one line, a secret or not, or the name of a global variable. */
export function TextField(props: FieldWidgetProps): ReactNode {
  const { name, field, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const { box, draft, isMasked, badge, reveal, pick, store, widen, opened } = useTextValue(props)
  return (
    <div className="nodrag flex flex-col gap-1">
      <div ref={box} tabIndex={-1} className="relative flex items-center">
        {badge ?? (
          <TextInput
            {...draft}
            aria-labelledby={labelId}
            placeholder={placeholderOf(field, t('typeSomething'))}
            disabled={isDisabled}
            type={isMasked ? 'password' : 'text'}
            autoComplete={field.password === true ? 'new-password' : 'off'}
            spellCheck={false}
            className="nodrag pr-14"
            data-testid={`popover-anchor-input-${testIdOf(surface, name)}`}
          />
        )}
        <span className="absolute right-1 flex">
          {reveal}
          {field.type === 'query' ? widen() : null}
          {pick}
        </span>
      </div>
      {store}
      {opened}
    </div>
  )
}
