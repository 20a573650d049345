import { CircleAlert, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'

export const Spinner = ({ size = 16, label }: { readonly size?: number; readonly label?: string }): ReactNode => (
  <LoaderCircle size={size} className="animate-spin text-text-muted" role="status" aria-label={label} />
)

/** A grey shape where something will be. */
export const Skeleton = ({ className }: { readonly className?: string }): ReactNode => (
  <div aria-hidden="true" className={classNames('animate-pulse rounded-md bg-surface-hover', className)} />
)

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: ReactNode
  readonly hint?: ReactNode
  /** The main action first. */
  readonly actions?: ReactNode
}

/** What a list says while it holds nothing. */
export const EmptyState = ({ icon, title, hint, actions }: EmptyStateProps): ReactNode => (
  <div className="flex flex-col items-center justify-center gap-3 px-6 py-16 text-center">
    {icon ? <div className="text-text-faint">{icon}</div> : null}
    <div className="font-medium text-lg">{title}</div>
    {hint ? <div className="max-w-md text-balance text-sm text-text-muted">{hint}</div> : null}
    {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
  </div>
)

export interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
}

/** A failed block: the server's sentence, and another try. */
export function ErrorState({ error, onRetry }: ErrorStateProps): ReactNode {
  const { t } = useTranslation('common')
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <CircleAlert size={28} className="text-danger" />
      <div className="max-w-lg text-sm">{error instanceof Error ? error.message : String(error)}</div>
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  )
}

const TONES = {
  neutral: 'bg-surface-hover text-text-muted',
  accent: 'bg-accent-soft text-accent',
  danger: 'bg-danger-soft text-danger',
  warning: 'bg-warning-soft text-warning',
  success: 'bg-success-soft text-success',
  info: 'bg-info-soft text-info',
} as const

export interface BadgeProps {
  readonly tone?: keyof typeof TONES
  readonly children: ReactNode
  readonly className?: string
}

/** A short mark beside a name. */
export const Badge = ({ tone = 'neutral', children, className }: BadgeProps): ReactNode => (
  <span
    className={classNames(
      'inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 font-medium text-xs',
      TONES[tone],
      className,
    )}
  >
    {children}
  </span>
)
