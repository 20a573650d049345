import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Time } from './time.tsx'

export interface Notification {
  readonly id: number
  readonly kind: 'success' | 'notice' | 'error'
  readonly title: string
  /** Lines below the title; an error with details stays until it is dismissed. */
  readonly details?: readonly string[]
  readonly action?: { readonly label: string; readonly perform: () => void }
  /** It is shown until it is dismissed. */
  readonly stays?: boolean
  /** Epoch milliseconds. */
  readonly at: number
}

interface Notifications {
  readonly list: readonly Notification[]
  /** Those still shown over the page. */
  readonly shown: readonly number[]
  readonly unread: number
}

const KEPT = 100
const SHOWN_MS = 5000
let lastId = 0

export const useNotifications = create<Notifications>(() => ({ list: [], shown: [], unread: 0 }))

/** Says something in a corner of the page and keeps it in the notification list. @returns its id */
export function notify(
  kind: Notification['kind'],
  title: string,
  more: Pick<Notification, 'details' | 'action' | 'stays'> = {},
): number {
  const notification: Notification = { id: ++lastId, kind, title, at: Date.now(), ...more }
  useNotifications.setState(({ list, shown, unread }) => ({
    list: [notification, ...list].slice(0, KEPT),
    shown: [...shown, notification.id].slice(-4),
    unread: unread + 1,
  }))
  return notification.id
}

/** Says what failed, with the server's own sentence below. */
export const notifyError = (title: string, error?: unknown): number =>
  notify(
    'error',
    title,
    error === undefined ? {} : { details: [error instanceof Error ? error.message : String(error)] },
  )

export const hideToast = (id: number): void =>
  useNotifications.setState(({ shown }) => ({ shown: shown.filter((one) => one !== id) }))

export const dismiss = (id: number): void =>
  useNotifications.setState(({ list, shown }) => ({
    list: list.filter((one) => one.id !== id),
    shown: shown.filter((one) => one !== id),
  }))

export const dismissAll = (): void => useNotifications.setState({ list: [], shown: [], unread: 0 })
export const markRead = (): void => useNotifications.setState({ unread: 0 })

const ICONS = {
  success: <CircleCheck size={16} className="mt-0.5 shrink-0 text-success" />,
  notice: <Info size={16} className="mt-0.5 shrink-0 text-info" />,
  error: <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" />,
} as const

export interface NotificationCardProps {
  readonly notification: Notification
  readonly onDismiss: () => void
  /** It is one of a list: it says when it was, and several lines of details are folded. */
  readonly isPast?: boolean
  readonly className?: string
}

export function NotificationCard({ notification, onDismiss, isPast, className }: NotificationCardProps): ReactNode {
  const { t } = useTranslation('common')
  const { kind, title, details = [], action, at } = notification
  const lines =
    details.length === 0 ? null : (
      <ul className="wrap-anywhere mt-1 max-h-40 list-disc overflow-y-auto pl-4 text-text-muted text-xs">
        {details.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )
  return (
    <div className={classNames('flex items-start gap-2 text-sm', className)}>
      {ICONS[kind]}
      <div className="min-w-0 flex-1">
        <div className="wrap-anywhere font-medium">{title}</div>
        {isPast && details.length > 1 ? (
          <details className="text-text-muted text-xs">
            <summary className="min-h-6 cursor-pointer leading-6">
              {t('notificationDetails', { count: details.length })}
            </summary>
            {lines}
          </details>
        ) : (
          lines
        )}
        {isPast ? (
          <p className="mt-0.5 text-text-muted text-xs">
            <Time at={new Date(at).toISOString()} />
          </p>
        ) : null}
        {action ? (
          <Button
            size="sm"
            className="mt-2"
            onClick={() => {
              action.perform()
              onDismiss()
            }}
          >
            {action.label}
          </Button>
        ) : null}
      </div>
      <IconButton label={t('dismiss')} size="sm" onClick={onDismiss}>
        <X size={14} />
      </IconButton>
    </div>
  )
}

function Toast({ notification }: { readonly notification: Notification }): ReactNode {
  const { id, kind, details, action } = notification
  const stays = notification.stays ?? (kind === 'error' && details !== undefined)
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(() => hideToast(id), action ? SHOWN_MS + 1000 : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, stays, action])
  return (
    <NotificationCard
      notification={notification}
      onDismiss={() => hideToast(id)}
      className="w-90 max-w-[calc(100vw-32px)] rounded-md border border-border bg-surface p-3 shadow-2"
    />
  )
}

/** The toasts of the page: news politely, errors at once. */
export function Toaster(): ReactNode {
  const { list, shown } = useNotifications()
  const visible = list.filter(({ id }) => shown.includes(id)).reverse()
  const errors = visible.filter(({ kind }) => kind === 'error')
  const news = visible.filter(({ kind }) => kind !== 'error')
  return (
    <div className="pointer-events-none fixed right-[calc(1rem+var(--toast-right,0px))] bottom-[calc(1rem+var(--toast-bottom,0px))] z-60 flex flex-col items-end gap-2 *:pointer-events-auto">
      <div role="alert" className="flex flex-col gap-2">
        {errors.map((one) => (
          <Toast key={one.id} notification={one} />
        ))}
      </div>
      <div role="status" className="flex flex-col gap-2">
        {news.map((one) => (
          <Toast key={one.id} notification={one} />
        ))}
      </div>
    </div>
  )
}
