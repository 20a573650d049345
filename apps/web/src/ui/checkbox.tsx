import { Check, Minus } from 'lucide-react'
import { Checkbox as RadixCheckbox } from 'radix-ui'
import type { MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface CheckboxProps {
  readonly checked: boolean | 'indeterminate'
  /** The accessible name. */
  readonly label: string
  readonly onChange?: (checked: boolean) => void
  /** Sees the keys that were held; comes before `onChange`. */
  readonly onClick?: (event: MouseEvent) => void
  readonly disabled?: boolean
  readonly className?: string | undefined
  readonly testId?: string
}

/** A tick box whose touch area is 24 by 24 pixels. */
export function Checkbox({ checked, label, onChange, onClick, disabled, className, testId }: CheckboxProps): ReactNode {
  return (
    <RadixCheckbox.Root
      checked={checked}
      onCheckedChange={(next) => onChange?.(next === true)}
      onClick={onClick}
      disabled={disabled ?? false}
      aria-label={label}
      data-testid={testId}
      className={classNames('group inline-flex size-6 shrink-0 items-center justify-center rounded-sm', className)}
    >
      <span className="flex size-4 items-center justify-center rounded-sm border border-border-strong bg-surface text-on-accent group-data-[state=checked]:border-accent group-data-[state=indeterminate]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:bg-accent">
        <RadixCheckbox.Indicator>
          {checked === 'indeterminate' ? <Minus size={12} /> : <Check size={12} />}
        </RadixCheckbox.Indicator>
      </span>
    </RadixCheckbox.Root>
  )
}
