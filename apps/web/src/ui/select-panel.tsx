import { Check } from 'lucide-react'
import { Select as RadixSelect } from 'radix-ui'
import type { ReactNode } from 'react'
import { type SelectProps, SelectTrigger } from './select-trigger.tsx'

/** `Select` from the moment it is first opened. */
export function OpenedSelect<Value extends string>({
  value,
  options,
  onChange,
  label,
  placeholder,
  disabled,
  className,
  testId,
}: SelectProps<Value>): ReactNode {
  return (
    // Radix hands back the value of one of the options.
    <RadixSelect.Root
      defaultOpen
      value={value ?? ''}
      onValueChange={(chosen) => onChange(chosen as Value)}
      disabled={disabled ?? false}
    >
      <RadixSelect.Trigger asChild>
        <SelectTrigger label={label} className={className} testId={testId}>
          <RadixSelect.Value placeholder={placeholder} />
        </SelectTrigger>
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
                className="flex h-8 select-none items-center gap-2 rounded-sm pr-6 pl-2 text-sm -outline-offset-2 data-[disabled]:opacity-50 data-[highlighted]:bg-surface-hover"
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
