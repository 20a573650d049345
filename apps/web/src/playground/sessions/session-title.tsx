import { ChevronDown } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { usePlaygroundState } from '../playground-context.tsx'
import { MessageLogs } from './lazy-logs.ts'
import { SessionName } from './session-name.tsx'
import { SessionMenu } from './session-row.tsx'
import { useSessions } from './use-sessions.ts'

/** The name of the open session, and what can be done with it. */
export function SessionTitle(): ReactNode {
  const { titleOf } = useSessions()
  const current = usePlaygroundState((state) => state.current)
  const [open, setOpen] = useState<'name' | 'logs'>()
  const title = titleOf(current)
  const close = (): void => setOpen(undefined)
  if (open === 'name') {
    return (
      <div className="min-w-0 flex-1">
        <SessionName id={current} onClose={close} />
      </div>
    )
  }
  return (
    <h2 className="flex min-w-16 flex-1 font-medium text-sm" title={title}>
      <SessionMenu
        id={current}
        onRename={() => setOpen('name')}
        onLogs={() => setOpen('logs')}
        trigger={
          <button
            type="button"
            className="flex h-8 min-w-0 items-center gap-1 rounded-md px-1.5 hover:bg-surface-hover"
            data-testid="chat-title"
          >
            <span className="truncate">{title}</span>
            <ChevronDown size={13} className="shrink-0 text-text-faint" aria-hidden="true" />
          </button>
        }
      />
      {open === 'logs' ? (
        <Suspense fallback={null}>
          <MessageLogs sessionId={current} title={title} onClose={close} />
        </Suspense>
      ) : null}
    </h2>
  )
}
