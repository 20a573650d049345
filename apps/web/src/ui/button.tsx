import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

type Look = 'primary' | 'secondary' | 'ghost' | 'danger'
type Size = 'sm' | 'md'

const LOOKS: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary:
    'border border-border bg-surface text-text hover:bg-surface-hover aria-pressed:border-accent aria-pressed:bg-accent-soft',
  ghost: 'text-text-muted hover:bg-surface-hover hover:text-text aria-pressed:bg-accent-soft aria-pressed:text-text',
  danger: 'bg-danger text-surface hover:bg-danger-hover',
}

const BASE =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look
  readonly size?: Size
}

/** A button with a word on it. */
export function Button({
  look = 'secondary',
  size = 'md',
  className,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const measure = size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm'
  return <button type={type} className={classNames(BASE, measure, LOOKS[look], className)} {...rest} />
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** Says what it does: its accessible name and its tooltip. */
  readonly label: string
  /** Shown beside the label in the tooltip, as the keys are printed. */
  readonly keys?: string | undefined
  readonly tooltipSide?: 'top' | 'right' | 'bottom' | 'left'
}

/** A button with an icon, named by its tooltip. */
export function IconButton({
  label,
  keys,
  tooltipSide,
  look = 'ghost',
  size = 'md',
  className,
  type = 'button',
  ...rest
}: IconButtonProps): ReactNode {
  const measure = size === 'sm' ? 'size-6' : 'size-8'
  return (
    <Tooltip label={label} keys={keys} side={tooltipSide}>
      <button type={type} aria-label={label} className={classNames(BASE, measure, LOOKS[look], className)} {...rest} />
    </Tooltip>
  )
}
