import { Link } from '@tanstack/react-router'
import { Bell, Trash2 } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { dismiss, dismissAll, markRead, NotificationCard, useNotifications } from '../ui/notifications.tsx'
import { Popover } from '../ui/popover.tsx'
import { AccountMenu } from './account-menu.tsx'
import { HelpMenu } from './help-menu.tsx'

export interface HeaderProps {
  readonly children?: ReactNode
  /** There is much in it: in a narrow window the mark goes without its name, and it takes rows of its own. */
  readonly isFull?: boolean
  /** What the page adds to the menu of help. */
  readonly help?: readonly MenuItem[]
}

/** The bar above every page: home, where we are, what was said, who we are. */
export function Header({ children, isFull = false, help = [] }: HeaderProps): ReactNode {
  const { t } = useTranslation('common')
  return (
    <header
      className={classNames(
        'relative flex min-h-12 shrink-0 items-center gap-3 border-border border-b bg-surface px-3',
        isFull && 'max-md:flex-wrap max-md:justify-end max-md:py-2',
      )}
    >
      <SkipLink />
      <Link
        to="/"
        activeOptions={{ exact: true }}
        className={classNames('flex items-center gap-2 rounded-md p-1 font-semibold', isFull && 'max-md:mr-auto')}
        data-testid="icon-ChevronLeft"
        aria-label={`Runnel – ${t('home')}`}
      >
        <img src="/runnel.svg" alt="" width={24} height={24} />
        <span className={isFull ? 'max-xl:sr-only' : 'max-sm:sr-only'}>Runnel</span>
      </Link>
      <div
        className={classNames(
          'flex min-w-0 flex-1 items-center gap-2',
          isFull && 'max-md:order-last max-md:basis-full max-md:flex-wrap',
        )}
      >
        {children}
      </div>
      <div className="flex shrink-0 items-center gap-1">
        <NotificationBell />
        <HelpMenu more={help} />
        <AccountMenu />
      </div>
    </header>
  )
}

/** The first stop of Tab: past everything that is the same on every page, to what the page is about. */
function SkipLink(): ReactNode {
  const { t } = useTranslation('common')
  const skip = (event: MouseEvent): void => {
    event.preventDefault()
    const found = (what: string) => document.querySelector<HTMLElement>(what)
    const target = found('[role="application"]') ?? found('main')
    if (target?.tabIndex === -1) target.setAttribute('tabindex', '-1')
    target?.focus()
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads within the page
    <a
      href="#main"
      onClick={skip}
      className="absolute top-2 left-2 z-50 not-focus:sr-only rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent text-sm"
    >
      {t('skip')}
    </a>
  )
}

function NotificationBell(): ReactNode {
  const { t } = useTranslation('common')
  const { list, unread } = useNotifications()
  return (
    <Popover
      label={t('notifications')}
      className="flex max-h-[500px] w-90 flex-col"
      onOpenChange={(open) => open && markRead()}
      trigger={
        <button
          type="button"
          aria-label={unread > 0 ? t('notificationsUnread', { count: unread }) : t('notifications')}
          data-testid="notification_button"
          className="relative inline-flex size-8 items-center justify-center rounded-md text-text-muted hover:bg-surface-hover"
        >
          <Bell size={16} />
          {unread > 0 ? <span className="absolute top-1.5 right-1.5 size-2 rounded-full bg-danger" /> : null}
        </button>
      }
    >
      <div className="flex items-center justify-between border-border border-b px-3 py-2 font-medium text-sm">
        {t('notifications')}
        {list.length > 0 ? (
          <IconButton label={t('clearAll')} size="sm" onClick={dismissAll}>
            <Trash2 size={14} />
          </IconButton>
        ) : null}
      </div>
      <div className="flex flex-col divide-y divide-border overflow-y-auto">
        {list.map((one) => (
          <NotificationCard
            key={one.id}
            notification={one}
            isPast
            onDismiss={() => dismiss(one.id)}
            className="px-3 py-2"
          />
        ))}
        {list.length === 0 ? (
          <p className="px-3 py-8 text-center text-sm text-text-muted">{t('noNotifications')}</p>
        ) : null}
      </div>
    </Popover>
  )
}
