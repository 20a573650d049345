import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

export interface SelectProps<Value extends string> {
  readonly value: Value | undefined
  readonly options: readonly SelectOption<Value>[]
  readonly onChange: (value: Value) => void
  readonly label: string
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string | undefined
  readonly testId?: string | undefined
}

type SelectTriggerProps = Pick<SelectProps<string>, 'label' | 'className' | 'testId'> &
  Omit<ComponentProps<'button'>, 'className'>

/** The box that shows what is chosen. */
export const SelectTrigger = ({ label, className, testId, children, ...button }: SelectTriggerProps): ReactNode => (
  <button
    type="button"
    {...button}
    aria-label={label}
    data-testid={testId}
    className={classNames(
      'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-border bg-surface px-2.5 text-sm hover:border-border-strong disabled:bg-surface-muted disabled:text-text-muted',
      className,
    )}
  >
    <span className="truncate">{children}</span>
    <ChevronDown size={14} className="shrink-0 text-text-muted" />
  </button>
)
