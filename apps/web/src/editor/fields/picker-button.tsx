import { ChevronDown } from 'lucide-react'
import { type ReactNode, type Ref, useId } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { loadOptions } from '../../ui/option-picker.tsx'
import { optionsOf } from '../../ui/picker-options.ts'

export interface PickerButtonProps {
  readonly ref: Ref<HTMLButtonElement>
  readonly labelId: string
  readonly isOpen: boolean
  readonly isDisabled: boolean
  readonly isEmpty: boolean
  readonly onClick: () => void
  readonly testId: string
  readonly children: ReactNode
}

/** What a field with a list shows while the list is closed. */
export function PickerButton({
  ref,
  labelId,
  isOpen,
  isDisabled,
  isEmpty,
  onClick,
  testId,
  children,
}: PickerButtonProps): ReactNode {
  const id = useId()
  return (
    <button
      ref={ref}
      id={id}
      aria-controls={isOpen ? optionsOf(id) : undefined}
      type="button"
      role="combobox"
      aria-labelledby={labelId}
      aria-expanded={isOpen}
      aria-haspopup="dialog"
      disabled={isDisabled}
      onPointerEnter={loadOptions}
      onFocus={loadOptions}
      onClick={onClick}
      data-testid={testId}
      className={classNames(
        'nodrag flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md border border-border bg-surface px-2.5 py-1 text-left text-sm hover:border-border-strong disabled:bg-surface-muted disabled:text-text-muted',
        isEmpty && 'text-text-faint',
      )}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
      <ChevronDown size={14} className="shrink-0 text-text-muted" />
    </button>
  )
}
