import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: ReactNode; readonly testId?: string }[]
  readonly onChange: (value: Value) => void
  readonly disabled?: (value: Value) => boolean
  /** For more than fit side by side in a panel. */
  readonly size?: 'sm' | 'md'
}

/** Two or three ways to look at one thing, side by side. */
export const Segments = <Value extends string>(props: SegmentsProps<Value>): ReactNode => (
  <fieldset aria-label={props.label} className="flex w-fit max-w-full flex-wrap rounded-md bg-surface-muted p-0.5">
    {props.options.map(({ value, label, testId }) => (
      <button
        key={value}
        type="button"
        aria-pressed={value === props.value}
        disabled={props.disabled?.(value) ?? false}
        onClick={() => props.onChange(value)}
        data-testid={testId}
        className={classNames(
          'h-7 rounded-sm disabled:opacity-50',
          props.size === 'sm' ? 'px-1 text-xs' : 'px-3 text-sm max-sm:px-2',
          value === props.value ? 'bg-surface font-medium shadow-1' : 'text-text-muted hover:text-text',
        )}
      >
        {label}
      </button>
    ))}
  </fieldset>
)
