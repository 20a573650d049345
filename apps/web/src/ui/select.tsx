import { Check, ChevronDown } from 'lucide-react'
import { Select as RadixSelect } from 'radix-ui'
import type { ReactNode } from 'react'
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
  readonly className?: string
  readonly testId?: string
}

/** One of a short list. For long lists with a search see `Combobox`. No option may be the empty text. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { value, options, onChange, label, placeholder, disabled, className, testId } = props
  return (
    // Radix hands back the value of one of the options.
    <RadixSelect.Root
      value={value ?? ''}
      onValueChange={(chosen) => onChange(chosen as Value)}
      disabled={disabled ?? false}
    >
      <RadixSelect.Trigger
        aria-label={label}
        data-testid={testId}
        className={classNames(
          'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-border bg-surface px-2.5 text-sm hover:border-border-strong disabled:bg-surface-muted disabled:text-text-muted',
          className,
        )}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <ChevronDown size={14} className="shrink-0 text-text-muted" />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          className="z-60 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-border bg-surface shadow-2"
        >
          <RadixSelect.Viewport className="p-1">
            {options.map((option) => (
              <RadixSelect.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="flex h-8 select-none items-center gap-2 rounded-sm pr-6 pl-2 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-hover"
              >
                <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                <RadixSelect.ItemIndicator className="ml-auto">
                  <Check size={14} />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  )
}
