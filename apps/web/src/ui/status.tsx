import { ClientError } from '@runnel/client'
import { CircleAlert, LoaderCircle, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { CopyReport, RequestNumber } from './copy-report.tsx'

export const Spinner = ({ size = 16, label }: { readonly size?: number; readonly label?: string }): ReactNode => (
  <LoaderCircle size={size} className="animate-spin text-text-muted" role="status" aria-label={label} />
)

/** A grey shape where something will be. What comes at once is not preceded by it. */
export const Skeleton = ({ className }: { readonly className?: string }): ReactNode => (
  <div aria-hidden="true" className={classNames('animate-skeleton rounded-md bg-surface-hover', className)} />
)

/** The shape of a table that is being read. */
export const TableSkeleton = ({ rows = 4 }: { readonly rows?: number }): ReactNode => (
  <div aria-hidden="true" className="animate-late overflow-hidden rounded-lg border border-border">
    <div className="h-9 border-border border-b bg-surface-muted" />
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <div key={row} className="flex h-11 items-center gap-6 border-border border-b px-3 last:border-b-0">
        <Skeleton className="h-3 w-1/3" />
        <Skeleton className="h-3 w-1/6" />
        <Skeleton className="ml-auto h-3 w-1/12" />
      </div>
    ))}
  </div>
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

/** The server refuses it for the role one has; its sentence says which is needed. */
const isRefusedRole = (error: unknown): boolean => error instanceof ClientError && error.status === 403

/** A block that failed: what the server says, the number of the request, another try and a report of it. */
export function ErrorState({ error, onRetry }: ErrorStateProps): ReactNode {
  const { t } = useTranslation('common')
  const isThrown = error instanceof Error
  if (isThrown && isRefusedRole(error)) return <Forbidden reason={error.message} />
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <CircleAlert size={28} className="text-danger" />
      <div className="max-w-lg">
        <p className="wrap-anywhere font-medium">{isThrown ? t('error.block') : String(error)}</p>
        {isThrown ? <p className="wrap-anywhere mt-1 text-sm text-text-muted">{error.message}</p> : null}
      </div>
      <RequestNumber error={error} />
      <div className="flex flex-wrap justify-center gap-2">
        {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
        {isThrown ? <CopyReport error={error} look="ghost" /> : null}
      </div>
    </div>
  )
}

/** What one's role does not allow to see, with a way back. */
export function Forbidden({ reason }: { readonly reason: string }): ReactNode {
  const { t } = useTranslation('common')
  return (
    <EmptyState
      icon={<Lock size={32} />}
      title={t('forbidden.role')}
      hint={reason}
      actions={
        <a href="/flows" className="inline-flex min-h-6 items-center font-medium text-accent text-sm underline">
          {t('notFound.home')}
        </a>
      }
    />
  )
}

export interface FailedPartProps {
  /** What is missing, as a sentence. */
  readonly title: string
  readonly query: { readonly data: unknown; readonly error: unknown; readonly refetch: () => unknown }
  readonly className?: string
}

/** A line in the place of one part of a page, when that could not be read and the rest could. */
export function FailedPart({ title, query: { data, error, refetch }, className }: FailedPartProps): ReactNode {
  const { t } = useTranslation('common')
  if (!error || data !== undefined) return null
  return (
    <div
      role="alert"
      className={classNames(
        'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-border px-3 py-1.5 text-sm',
        className,
      )}
    >
      <CircleAlert size={14} className="shrink-0 text-danger" />
      <span className="min-w-0 flex-1">
        {title} <span className="wrap-anywhere text-text-muted">{error instanceof Error ? error.message : ''}</span>
      </span>
      <Button size="sm" onClick={() => void refetch()}>
        {t('retry')}
      </Button>
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
      'inline-flex items-center gap-1 break-keep rounded-sm px-1.5 py-0.5 font-medium text-xs',
      TONES[tone],
      className,
    )}
  >
    {children}
  </span>
)
