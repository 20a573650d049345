import { memo, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../../editor/component-icon.tsx'
import { classNames } from '../../ui/class-names.ts'
import { lazily } from '../../ui/lazily.ts'
import { notifyError } from '../../ui/notifications.tsx'
import { StateIcon } from '../../ui/state-icon.tsx'
import { clockTime } from '../../ui/time.tsx'
import { ChatMarkdown } from '../markdown/chat-markdown.tsx'
import type { ChatMessage } from '../model/chat-message.ts'
import { usePlayground } from '../playground-context.tsx'
import { usePlaygroundSettings } from '../settings.ts'
import { ErrorCard } from './error-card.tsx'
import { MessageEditor } from './message-editor.tsx'
import { MessageFiles } from './message-files.tsx'
import { MessageFooter } from './message-footer.tsx'
import { useSenderName } from './sender-name.ts'
import { MadeMedia, StepBlocks } from './step-blocks.tsx'

const FeedbackForm = lazily(async () => (await import('./feedback-form.tsx')).FeedbackForm)

export interface MessageRowProps {
  readonly message: ChatMessage
  /** The last answer of the session, which can be asked for again. */
  readonly isLast: boolean
}

/** One message: who says it, what was done for it, what is said, and what can be done with it. */
export const MessageRow = memo(({ message, isLast }: MessageRowProps): ReactNode => {
  const { t, i18n } = useTranslation('playground')
  const [isEditing, setEditing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const playground = usePlayground()
  const showTimes = usePlaygroundSettings((settings) => settings.showTimes)
  const { sender, senderName, text, state, files, blocks, isError, isEdited, at } = message
  const isUser = sender === 'user'
  const name = useSenderName(senderName)
  const time = clockTime(at, i18n.language)
  const isWaiting = state === 'partial' && text === ''
  return (
    <article
      aria-label={t('message.by', { name, time })}
      aria-busy={state === 'partial'}
      data-testid="div-chat-message"
      data-state={state}
      className={classNames('group/message flex flex-col gap-1 px-4 py-2', isUser && 'items-end')}
    >
      <header className={classNames('flex items-center gap-2 text-text-muted text-xs', isUser && 'flex-row-reverse')}>
        <Avatar icon={message.icon} usual={isUser ? 'User' : 'Bot'} />
        <span className="font-medium" data-testid={`sender_name_${senderName}`}>
          {name}
        </span>
        <time
          dateTime={new Date(at).toISOString()}
          className={classNames(
            !showTimes && 'opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100',
          )}
        >
          {time}
        </time>
        {isEdited ? <span>{t('message.edited')}</span> : null}
        {state === 'stopped' ? (
          <span className="inline-flex items-center gap-1 text-state-stopped">
            <StateIcon state="stopped" size={12} />
            {t('message.stopped')}
          </span>
        ) : null}
      </header>
      {isError ? (
        <ErrorCard message={message} isLast={isLast} />
      ) : (
        <>
          <StepBlocks messageId={message.id} blocks={blocks} isRunning={state === 'partial'} />
          {files.length > 0 ? <MessageFiles files={files} /> : null}
          {isEditing ? (
            <MessageEditor message={message} onClose={() => setEditing(false)} />
          ) : text === '' && !isWaiting ? null : (
            <div
              data-testid={`chat-message-${senderName}-${text.slice(0, 80)}`}
              className={classNames(
                'max-w-full text-sm',
                isUser ? 'rounded-lg rounded-tr-sm bg-accent-soft px-3 py-2' : 'w-full',
              )}
            >
              {isWaiting ? <Caret /> : <ChatMarkdown text={text} isGrowing={state === 'partial'} />}
            </div>
          )}
          <MadeMedia blocks={blocks} />
        </>
      )}
      {isEditing || state === 'partial' ? null : (
        <MessageFooter
          message={message}
          isLast={isLast}
          onEdit={() => setEditing(true)}
          onReasons={() => setAsking(true)}
        />
      )}
      {isAsking && message.feedback === false ? (
        <Suspense>
          <FeedbackForm
            given={message.reasons}
            onClose={() => setAsking(false)}
            onSend={(reasons) => {
              setAsking(false)
              playground
                .rate(message.id, false, reasons)
                .catch((error: unknown) => notifyError(t('message.rateFailed'), error))
            }}
          />
        </Suspense>
      ) : null}
    </article>
  )
})

interface AvatarProps {
  /** A picture's address, an emoji or the name of an icon. */
  readonly icon: string | undefined
  readonly usual: string
}

const Avatar = ({ icon, usual }: AvatarProps): ReactNode => {
  const [isMissing, setMissing] = useState(false)
  const isPicture = icon !== undefined && /^(https?:|data:image\/|\/)/.test(icon)
  if (isPicture && !isMissing) {
    return <img src={icon} alt="" onError={() => setMissing(true)} className="size-5 rounded-full object-cover" />
  }
  if (icon && !/^[\x20-\x7e]+$/.test(icon)) return <span aria-hidden="true">{icon}</span>
  return (
    <span className="grid size-5 place-items-center rounded-full bg-surface-hover">
      <ComponentIcon name={icon && !isPicture && icon !== 'error' ? icon : usual} size={12} />
    </span>
  )
}

/** Something is being thought. */
export const Caret = (): ReactNode => {
  const { t } = useTranslation('playground')
  return (
    <span
      role="status"
      aria-label={t('message.waiting')}
      className="inline-block h-4 w-2 animate-pulse rounded-sm bg-accent"
    />
  )
}
