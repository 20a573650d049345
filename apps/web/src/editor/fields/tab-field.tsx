import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { optionsOf } from './option-names.ts'

/** One of at most three options, side by side. */
export function TabField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const options = optionsOf(field)
  const value = textOf(field.value)
  const move = (event: KeyboardEvent, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = options.at((index + step) % options.length)
    if (step === 0 || !next) return
    event.preventDefault()
    onChange({ value: next.name })
    const tabs = event.currentTarget.parentElement?.children
    const target = tabs?.[(index + step + options.length) % options.length]
    if (target instanceof HTMLElement) target.focus()
  }
  return (
    <div role="radiogroup" aria-labelledby={labelId} className="nodrag flex rounded-md bg-surface-muted p-0.5">
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio button drawn as a segment
        <button
          key={option.name}
          type="button"
          role="radio"
          aria-checked={option.name === value}
          tabIndex={option.name === value || (index === 0 && !options.some((one) => one.name === value)) ? 0 : -1}
          disabled={isDisabled}
          onClick={() => onChange({ value: option.name })}
          onKeyDown={(event) => move(event, index)}
          data-testid={`tab_${index}_${testIdOf(surface, name)}`}
          className={classNames(
            'h-7 min-w-0 flex-1 truncate rounded-sm px-2 text-sm',
            option.name === value ? 'bg-surface font-medium shadow-1' : 'text-text-muted hover:text-text',
          )}
        >
          {option.name}
        </button>
      ))}
    </div>
  )
}
