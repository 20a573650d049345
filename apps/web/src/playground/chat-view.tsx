import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../ui/file-drop.tsx'
import { Composer } from './composer/composer.tsx'
import { useAttachments } from './composer/use-attachments.ts'
import { MessageList } from './messages/message-list.tsx'
import { useChatPlace } from './playground-context.tsx'
import { SessionList } from './sessions/session-list.tsx'

export interface ChatViewProps {
  /** The sessions stand beside the messages. */
  readonly showSessions: boolean
  /** Takes the sessions away: where they have no room beside the messages they stand over them. */
  readonly onHideSessions: () => void
  /** What stands above both. */
  readonly header: ReactNode
  /** What is said between the messages and the composer. */
  readonly notice?: ReactNode
}

const COLUMN = 'flex min-h-0 flex-1 flex-col'

/** Header, sessions, messages and composer; files may be dropped anywhere on it. */
export function ChatView({ showSessions, onHideSessions, header, notice }: ChatViewProps): ReactNode {
  const { t } = useTranslation('playground')
  const { playground, takesText, refusal } = useChatPlace()
  const attachments = useAttachments()
  useEffect(() => {
    void playground.loadSessions()
    playground.open(playground.store.getState().current)
  }, [playground])
  const sessions = useRef<HTMLDivElement>(null)
  const hideIfOver = (): void => {
    if (sessions.current && getComputedStyle(sessions.current).position === 'absolute') onHideSessions()
  }
  const chat = (
    <>
      {header}
      <div className="@container relative isolate flex min-h-0 flex-1">
        {showSessions ? (
          <div
            ref={sessions}
            className="absolute inset-y-0 left-0 z-20 w-60 shrink-0 border-border border-r bg-surface-muted shadow-3 @xl:static @xl:shadow-none"
          >
            <SessionList onOpen={hideIfOver} />
          </div>
        ) : null}
        <div className="flex min-w-0 flex-1 flex-col">
          <MessageList />
          {notice}
          {refusal === undefined ? (
            <Composer attachments={attachments} />
          ) : (
            <p className="border-border border-t p-4 text-center text-sm text-text-muted" data-testid="chat-refused">
              {refusal}
            </p>
          )}
        </div>
      </div>
    </>
  )
  return takesText && attachments.isOffered && refusal === undefined ? (
    <FileDrop text={t('files.drop')} onDrop={attachments.add} className={COLUMN}>
      {chat}
    </FileDrop>
  ) : (
    <div className={COLUMN}>{chat}</div>
  )
}
