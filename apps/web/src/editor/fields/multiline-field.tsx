import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { TextArea } from '../../ui/input.tsx'
import { type FieldWidgetProps, placeholderOf, testIdOf } from './field-widget.ts'
import { useTextValue } from './text-value.tsx'

/** Text of several lines, a secret or not; grows with it up to a point, and opens large. */
export function MultilineField(props: FieldWidgetProps): ReactNode {
  const { name, field, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const { box, draft, isMasked, badge, reveal, pick, store, widen, opened } = useTextValue(props)
  return (
    <div className="nodrag flex flex-col gap-1">
      <div ref={box} tabIndex={-1} className="relative">
        {badge ?? (
          <TextArea
            {...draft}
            aria-labelledby={labelId}
            placeholder={placeholderOf(field, t('typeSomething'))}
            disabled={isDisabled}
            rows={surface === 'node' ? 3 : 5}
            className={classNames(
              'nodrag nowheel field-sizing-content block max-h-40 min-h-16 resize-none pr-9',
              isMasked && '[-webkit-text-security:disc]',
            )}
            data-testid={`textarea_str_${testIdOf(surface, name)}`}
          />
        )}
        <span className="absolute top-1 right-1 flex flex-col">
          {widen(`button_open_text_area_modal_textarea_str_${testIdOf(surface, name)}`)}
          {reveal}
          {/* Of long texts only secrets are kept as variables. */}
          {field.password === true ? pick : null}
        </span>
      </div>
      {store}
      {opened}
    </div>
  )
}
