import { Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { type FieldWidgetProps, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { clamp, isTooLarge, parseNumber, rangeOf, stepped } from './number-text.ts'

/** A whole or a decimal number; a comma is taken for the decimal point. Leaving the field keeps it in its range. */
export function NumberField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const isWhole = field.type === 'int'
  const range = rangeOf(field.range_spec, isWhole)
  // What is being typed; undefined while the field shows what it holds.
  const [draft, setDraft] = useState<string>()
  const shown = draft ?? textOf(field.value)
  const value = parseNumber(shown, isWhole)

  const step = (direction: 1 | -1): void => {
    setDraft(undefined)
    onChange({ value: stepped(typeof value === 'number' ? value : (range.min ?? 0), direction, range) })
  }
  const leave = (): void => {
    if (draft === undefined || value === undefined) return
    setDraft(undefined)
    if (typeof value === 'number' && clamp(value, range) !== value) onChange({ value: clamp(value, range) })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || isComposing(event)) return
    event.preventDefault()
    step(event.key === 'ArrowUp' ? 1 : -1)
  }
  return (
    <div className="nodrag flex flex-col gap-1">
      <div className="flex gap-1">
        <TextInput
          aria-labelledby={labelId}
          aria-invalid={value === undefined}
          inputMode={isWhole ? 'numeric' : 'decimal'}
          autoComplete="off"
          disabled={isDisabled}
          value={shown}
          placeholder={placeholderOf(field, isWhole ? t('typeInteger') : t('typeNumber'))}
          data-testid={isWhole ? `int_int_${testIdOf(surface, name)}` : `float_float_${testIdOf(surface, name)}`}
          onChange={(event) => {
            setDraft(event.target.value)
            const next = parseNumber(event.target.value, isWhole)
            if (next !== undefined) onChange({ value: next })
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <Stepper label={t('less')} isDisabled={isDisabled} onStep={() => step(-1)}>
          <Minus size={12} />
        </Stepper>
        <Stepper label={t('more')} isDisabled={isDisabled} onStep={() => step(1)}>
          <Plus size={12} />
        </Stepper>
      </div>
      {value === undefined ? (
        <span role="alert" className="text-danger text-xs">
          {isTooLarge(shown) ? t('tooLarge') : isWhole ? t('notInteger') : t('notNumber')}
        </span>
      ) : null}
    </div>
  )
}

function Stepper({
  label,
  isDisabled,
  onStep,
  children,
}: {
  readonly label: string
  readonly isDisabled: boolean
  readonly onStep: () => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      disabled={isDisabled}
      onClick={onStep}
      className="grid h-8 w-6 shrink-0 place-items-center rounded-md border border-border text-text-muted hover:bg-surface-hover disabled:opacity-50"
    >
      {children}
    </button>
  )
}
