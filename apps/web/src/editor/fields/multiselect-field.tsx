import { X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionPicker } from '../../ui/option-picker.tsx'
import { type FieldWidgetProps, labelOf, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { optionsOf } from './option-names.ts'
import { PickerButton } from './picker-button.tsx'

/** Several of the options. */
export function MultiselectField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const chosen = (Array.isArray(field.value) ? field.value : []).map(textOf).filter((text) => text !== '')
  const toggle = (one: string): void =>
    onChange({ value: chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one] })
  return (
    <div className="nodrag flex flex-col gap-1">
      <PickerButton
        ref={anchor}
        labelId={labelId}
        isOpen={isOpen}
        isDisabled={isDisabled}
        isEmpty={chosen.length === 0}
        onClick={() => setOpen(!isOpen)}
        testId={`multiselect_str_${testIdOf(surface, name)}`}
      >
        <span className="truncate">
          {chosen.length === 0 ? placeholderOf(field, t('chooseOption')) : t('chosen', { count: chosen.length })}
        </span>
      </PickerButton>
      {chosen.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {chosen.map((one) => (
            <li key={one} className="flex items-center gap-0.5 rounded-sm bg-surface-hover pl-1.5 text-xs">
              {one}
              <button
                type="button"
                disabled={isDisabled}
                aria-label={t('removeOne', { name: one })}
                onClick={() => toggle(one)}
                className="grid size-6 place-items-center rounded-sm hover:text-danger"
              >
                <X size={11} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {isOpen ? (
        <OptionPicker
          anchor={anchor}
          onClose={() => setOpen(false)}
          label={labelOf(name, field)}
          options={optionsOf(field).map((option) => ({ value: option.name, label: option.name, hint: option.facts }))}
          chosen={new Set(chosen)}
          onChoose={toggle}
          isMultiple
          searchLabel={t('searchOptions')}
          emptyText={t('noValues')}
          {...(field.combobox === true && { onCreate: toggle, createLabel: (text: string) => t('useText', { text }) })}
        />
      ) : null}
    </div>
  )
}
