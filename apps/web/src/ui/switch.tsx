import { Switch as RadixSwitch } from 'radix-ui'
import type { ReactNode } from 'react'

export interface SwitchProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** The accessible name. */
  readonly label: string
  readonly disabled?: boolean
  readonly id?: string
  readonly testId?: string
}

/** On or off, at once. Its touch area is 24 pixels high. */
export function Switch({ checked, onChange, label, disabled, id, testId }: SwitchProps): ReactNode {
  return (
    <RadixSwitch.Root
      id={id}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled ?? false}
      aria-label={label}
      data-testid={testId}
      className="relative h-5 w-9 shrink-0 rounded-full bg-border-strong transition-colors after:absolute after:-inset-y-0.5 after:inset-x-0 disabled:opacity-50 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[18px]" />
    </RadixSwitch.Root>
  )
}
