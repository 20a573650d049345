import { type ReactNode, useState } from 'react'
import { TextInput } from '../../ui/input.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { clamp, parseNumber, rangeOf } from './number-text.ts'

/** A number between two ends, with two decimals at most. */
export function SliderField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const range = rangeOf(field.range_spec, false)
  const [min, max] = [range.min ?? 0, range.max ?? 1]
  const value = Number(field.value) || 0
  const [draft, setDraft] = useState<string>()
  const set = (next: number): void => onChange({ value: Math.round(clamp(next, { ...range, min, max }) * 100) / 100 })
  const take = (): void => {
    const next = draft === undefined ? undefined : parseNumber(draft, false)
    if (typeof next === 'number') set(next)
    setDraft(undefined)
  }
  const segments = field.slider_buttons === true ? buttonsOf(field.slider_buttons_options) : []
  return (
    <div className="nodrag nowheel flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <input
          type="range"
          aria-labelledby={labelId}
          // The bar stands at the nearest step; what is said is the number itself.
          aria-valuetext={value.toFixed(2)}
          value={clamp(value, { ...range, min, max })}
          min={min}
          max={max}
          step={range.step}
          dir={field.value_inverted === true ? 'rtl' : undefined}
          disabled={isDisabled}
          onChange={(event) => set(event.target.valueAsNumber)}
          className="h-6 min-w-0 flex-1 touch-none rounded-md accent-accent"
          data-testid={`slider_thumb_${testIdOf(surface, name)}`}
        />
        <span className="w-16 shrink-0">
          <TextInput
            aria-labelledby={labelId}
            inputMode="decimal"
            disabled={isDisabled}
            value={draft ?? value.toFixed(2)}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={take}
            onEnter={take}
            className="text-right tabular-nums"
            data-testid={`default_slider_display_value_${testIdOf(surface, name)}`}
          />
        </span>
      </div>
      <div className="flex justify-between text-text-muted text-xs">
        <End icon={field.min_label_icon} label={field.min_label} />
        <End icon={field.max_label_icon} label={field.max_label} />
      </div>
      {segments.length > 0 ? (
        <div className="flex gap-1">
          {segments.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              disabled={isDisabled}
              aria-pressed={value === id}
              onClick={() => set(id)}
              className="h-6 flex-1 rounded-sm border border-border text-xs aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              {label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

/** What files of Langflow say in place of an icon. */
const NO_ICON = 'None'

function End({ icon, label }: { readonly icon: unknown; readonly label: unknown }): ReactNode {
  return (
    <span className="flex items-center gap-1">
      {icon && icon !== NO_ICON ? <ComponentIcon name={textOf(icon)} size={12} /> : null}
      {textOf(label)}
    </span>
  )
}

const buttonsOf = (options: unknown): readonly { readonly id: number; readonly label: string }[] =>
  (Array.isArray(options) ? options : []).flatMap((option: unknown) => {
    if (typeof option !== 'object' || option === null || !('id' in option) || !('label' in option)) return []
    return [{ id: Number(option.id), label: String(option.label) }]
  })
