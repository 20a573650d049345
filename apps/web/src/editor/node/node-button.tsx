import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { useHint } from '../../ui/hint.tsx'

export interface NodeButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Says what it does: its accessible name and its hint. */
  readonly label: string
}

/** A small button with an icon on a node. Light, for a flow has thousands of them. */
export function NodeButton({ label, className, ...rest }: NodeButtonProps): ReactNode {
  const { props, hint } = useHint(label)
  return (
    <>
      <button
        type="button"
        {...rest}
        {...props}
        aria-label={label}
        className={classNames(
          'nodrag grid size-6 shrink-0 place-items-center rounded-md text-text-muted transition-colors hover:bg-surface-hover hover:text-text disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
          className,
        )}
      />
      {hint}
    </>
  )
}
