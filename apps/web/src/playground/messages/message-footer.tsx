import {
  Check,
  Copy,
  Ellipsis,
  FlaskConical,
  type LucideIcon,
  Pencil,
  RefreshCw,
  ThumbsDown,
  ThumbsUp,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { moneyText } from '../../ui/money.ts'
import { notifyError } from '../../ui/notifications.tsx'
import type { ChatMessage } from '../model/chat-message.ts'
import { useChatPlace, usePlaygroundState } from '../playground-context.tsx'
import { usePlaygroundSettings } from '../settings.ts'
import { useCopied } from '../use-copied.ts'
import { RunLink } from './run-link.tsx'
import { useSenderName } from './sender-name.ts'

export interface MessageFooterProps {
  readonly message: ChatMessage
  readonly isLast: boolean
  readonly onEdit: () => void
  /** Asks why the thumb is down. */
  readonly onReasons: () => void
}

interface MessageAction {
  readonly label: string
  readonly icon: LucideIcon
  readonly perform: () => void
  readonly testId?: string
  readonly isDisabled?: boolean
  /** Given for a thumb. */
  readonly isPressed?: boolean
}

/** What can be done with a message: seen when it is pointed at or has the focus, on touch screens behind ⋯. */
export function MessageFooter({ message, isLast, onEdit, onReasons }: MessageFooterProps): ReactNode {
  const { t } = useTranslation('playground')
  const { isCopied, copy } = useCopied()
  const { showNode } = useChatPlace()
  const { runId, sender, senderName } = message
  const name = useSenderName(senderName)
  const actions = useMessageActions({ message, isLast, onEdit, onReasons })
  return (
    <footer className="flex min-h-6 items-center gap-0.5">
      <Figures message={message} />
      <div className="flex items-center gap-0.5 opacity-0 focus-within:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100">
        <div className="flex items-center gap-0.5 pointer-coarse:hidden">
          <IconButton size="sm" label={isCopied ? t('copied') : t('message.copy')} onClick={() => copy(message.text)}>
            {isCopied ? <Check size={14} className="text-success" /> : <Copy size={14} />}
          </IconButton>
          {actions.map(({ label, icon: Icon, perform, testId, isDisabled, isPressed }) => (
            <IconButton
              key={label}
              size="sm"
              label={label}
              disabled={isDisabled}
              aria-pressed={isPressed}
              onClick={perform}
              data-testid={testId}
            >
              <Icon size={14} fill={isPressed ? 'currentColor' : 'none'} />
            </IconButton>
          ))}
        </div>
        <div className="not-pointer-coarse:hidden">
          <Menu
            align="start"
            items={[
              { label: t('message.copy'), icon: <Copy size={14} />, onSelect: () => copy(message.text) },
              ...actions.map(({ label, icon: Icon, perform, isDisabled, isPressed }) => ({
                label,
                icon: <Icon size={14} fill={isPressed ? 'currentColor' : 'none'} />,
                onSelect: perform,
                disabled: isDisabled ?? false,
              })),
            ]}
          >
            <IconButton label={t('message.actions', { name })} data-testid="message-actions">
              <Ellipsis size={16} />
            </IconButton>
          </Menu>
        </div>
        {showNode && runId && sender === 'machine' ? <RunLink runId={runId} /> : null}
      </div>
    </footer>
  )
}

function useMessageActions({ message, isLast, onEdit, onReasons }: MessageFooterProps): readonly MessageAction[] {
  const { t } = useTranslation('playground')
  const { playground, refusal, saveAsTest } = useChatPlace()
  const isBusy = usePlaygroundState((state) => state.isBusy)
  const { id, sender, feedback, isError, runId } = message
  const attempt = (action: Promise<void>, failed: string): void =>
    void action.catch((error: unknown) => notifyError(failed, error))
  const rate = (wanted: boolean): void => {
    attempt(playground.rate(id, feedback === wanted ? null : wanted), t('message.rateFailed'))
    if (!wanted && feedback !== false) onReasons()
  }
  const isAnswer = sender === 'machine' && !isError
  const edit = { label: t('message.edit'), icon: Pencil, perform: onEdit, testId: 'edit-message-button' }
  const thumbs: readonly MessageAction[] = [
    {
      label: t('message.helpful'),
      icon: ThumbsUp,
      perform: () => rate(true),
      isPressed: feedback === true,
      testId: 'helpful-button',
    },
    {
      label: t('message.notHelpful'),
      icon: ThumbsDown,
      perform: () => rate(false),
      isPressed: feedback === false,
      testId: 'not-helpful-button',
    },
  ]
  const again: MessageAction = {
    label: t('message.regenerate'),
    icon: RefreshCw,
    perform: () => attempt(playground.regenerate(), t('message.regenerateFailed')),
    isDisabled: isBusy,
    testId: 'regenerate-button',
  }
  const keep: readonly MessageAction[] =
    saveAsTest && runId
      ? [
          {
            label: t('message.saveAsTest'),
            icon: FlaskConical,
            perform: () => saveAsTest(runId),
            testId: 'save-as-test',
          },
        ]
      : []
  const remove: MessageAction = {
    label: t('message.delete'),
    icon: Trash2,
    perform: () => attempt(playground.remove([id]), t('message.deleteFailed')),
    testId: 'delete-message-button',
  }
  if (refusal !== undefined) return []
  return [
    ...(isError ? [] : [edit]),
    ...(isAnswer ? [...thumbs, ...keep] : []),
    ...(isLast && isAnswer ? [again] : []),
    remove,
  ]
}

/** How long it took and what it cost, for those who want to know. */
function Figures({ message: { duration, tokens, cost, source } }: { readonly message: ChatMessage }): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const isShown = usePlaygroundSettings((settings) => settings.showFigures)
  if (!isShown) return null
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  const parts = [
    source.model,
    duration !== undefined && t('message.seconds', { seconds: number.format(duration) }),
    tokens && t('message.tokens', { input: number.format(tokens.input), output: number.format(tokens.output) }),
    cost !== undefined && moneyText(cost, i18n.language),
  ].filter(Boolean)
  return parts.length > 0 ? <span className="mr-2 text-text-muted text-xs">{parts.join(' · ')}</span> : null
}
