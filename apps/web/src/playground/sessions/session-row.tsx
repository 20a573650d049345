import { Download, Ellipsis, Pencil, Pin, PinOff, ScrollText, Trash2 } from 'lucide-react'
import { type MouseEvent, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../ui/attempt.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Time } from '../../ui/time.tsx'
import type { SessionRow as Row } from '../model/chat-backend.ts'
import { isRunningIn } from '../model/playground-state.ts'
import { useChatPlace, usePlaygroundState } from '../playground-context.tsx'
import { exportSession } from './export-session.ts'
import { MessageLogs } from './lazy-logs.ts'
import { togglePin, usePinnedSessions } from './pinned-sessions.ts'
import { SessionName } from './session-name.tsx'
import { useSessions } from './use-sessions.ts'

export interface SessionRowProps {
  readonly row: Row
  readonly isChosen: boolean
  readonly isRenaming: boolean
  readonly onSelect: (event: MouseEvent) => void
  /** Its name is to be changed, or no longer. */
  readonly onRenaming: (isRenaming: boolean) => void
}

/** One session: its name, when it was last used, and what can be done with it. */
export function SessionRow(props: SessionRowProps): ReactNode {
  const { id, lastAt } = props.row
  const { t } = useTranslation('playground')
  const { titleOf } = useSessions()
  const isOpen = usePlaygroundState((state) => state.current === id)
  const isUnread = usePlaygroundState((state) => state.unread.has(id))
  const [areLogsOpen, setLogsOpen] = useState(false)
  const title = titleOf(id)
  if (props.isRenaming) {
    return (
      <li>
        <SessionName id={id} onClose={() => props.onRenaming(false)} />
      </li>
    )
  }
  return (
    <li
      className={classNames(
        'group/session flex items-center rounded-md pr-1',
        isOpen ? 'bg-accent-soft' : 'hover:bg-surface-hover',
        props.isChosen && 'outline-2 outline-accent',
      )}
    >
      <button
        type="button"
        aria-current={isOpen}
        title={title}
        onClick={props.onSelect}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-2 px-2 text-left text-sm"
        data-testid={`session-${title}`}
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate">{title}</span>
          {lastAt === undefined ? null : (
            <span className="block truncate text-text-muted text-xs">
              <Time at={new Date(lastAt).toISOString()} />
            </span>
          )}
        </span>
        {isUnread ? (
          <span role="img" aria-label={t('sessions.unread')} className="size-2 rounded-full bg-accent" />
        ) : null}
      </button>
      <SessionMenu id={id} onRename={() => props.onRenaming(true)} onLogs={() => setLogsOpen(true)} />
      {areLogsOpen ? (
        <Suspense fallback={null}>
          <MessageLogs sessionId={id} title={title} onClose={() => setLogsOpen(false)} />
        </Suspense>
      ) : null}
    </li>
  )
}

export interface SessionMenuProps {
  readonly id: string
  readonly onRename: () => void
  readonly onLogs: () => void
  /** The button that opens it; dots unless given. */
  readonly trigger?: ReactNode
}

/** What can be done with a session. */
export function SessionMenu({ id, onRename, onLogs, trigger }: SessionMenuProps): ReactNode {
  const { t } = useTranslation('playground')
  const { playground, refusal } = useChatPlace()
  const { backend } = playground
  const { titleOf, remove } = useSessions()
  const isPinned = usePinnedSessions(backend.flowId).includes(id)
  const isStored = usePlaygroundState((state) => state.sessions.some((row) => row.id === id))
  const isRunning = usePlaygroundState((state) => isRunningIn(state, id))
  const title = titleOf(id)
  const disabled = isRunning || !isStored || refusal !== undefined
  const save = (as: 'json' | 'md') => () =>
    void attempt(t('sessions.exportFailed'), () => exportSession(backend, id, title, as))
  const items: readonly MenuItem[] = [
    {
      label: isPinned ? t('sessions.unpin') : t('sessions.pin'),
      icon: isPinned ? <PinOff size={14} /> : <Pin size={14} />,
      onSelect: () => togglePin(backend.flowId, id),
      disabled: !isStored,
    },
    {
      label: t('sessions.rename'),
      icon: <Pencil size={14} />,
      onSelect: onRename,
      disabled: isRunning || refusal !== undefined,
    },
    { label: t('sessions.logs'), icon: <ScrollText size={14} />, onSelect: onLogs, disabled: !isStored },
    {
      label: t('sessions.export'),
      icon: <Download size={14} />,
      disabled: !isStored,
      items: [
        { label: 'JSON', onSelect: save('json') },
        { label: 'Markdown', onSelect: save('md') },
      ],
    },
    'separator',
    {
      label: t('sessions.delete'),
      icon: <Trash2 size={14} />,
      onSelect: () => remove([id]),
      disabled,
      danger: true,
      testId: 'delete-session',
    },
  ]
  return (
    <Menu items={items}>
      {trigger ?? (
        <IconButton size="sm" label={t('sessions.actions', { name: title })}>
          <Ellipsis size={14} />
        </IconButton>
      )}
    </Menu>
  )
}
