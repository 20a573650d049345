import { Check, Copy, Pencil, RefreshCw, ThumbsDown, ThumbsUp, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { moneyText } from '../../ui/money.ts'
import { notifyError } from '../../ui/notifications.tsx'
import type { ChatMessage } from '../model/chat-message.ts'
import { useChatPlace, usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { usePlaygroundSettings } from '../settings.ts'
import { useCopied } from '../use-copied.ts'
import { RunLink } from './run-link.tsx'

export interface MessageFooterProps {
  readonly message: ChatMessage
  readonly isLast: boolean
  readonly onEdit: () => void
  /** Asks why the thumb is down. */
  readonly onReasons: () => void
}

/** What can be done with a message; seen when it is pointed at or has the focus, always on touch screens (P-28). */
export function MessageFooter({ message, isLast, onEdit, onReasons }: MessageFooterProps): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const isBusy = usePlaygroundState((state) => state.isBusy)
  const { isCopied, copy } = useCopied()
  const { id, sender, text, feedback, isError, runId } = message
  const attempt = (action: Promise<void>, failed: string): void =>
    void action.catch((error: unknown) => notifyError(failed, error))
  const { showNode } = useChatPlace()
  const rate = (wanted: boolean): void => {
    attempt(playground.rate(id, feedback === wanted ? null : wanted), t('message.rateFailed'))
    if (!wanted && feedback !== false) onReasons()
  }
  const isAnswer = sender === 'machine' && !isError
  return (
    <footer className="flex min-h-6 items-center gap-0.5">
      <Figures message={message} />
      <div className="flex items-center gap-0.5 opacity-0 focus-within:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100">
        <IconButton size="sm" label={isCopied ? t('copied') : t('message.copy')} onClick={() => copy(text)}>
          {isCopied ? <Check size={14} className="text-success" /> : <Copy size={14} />}
        </IconButton>
        {isError ? null : (
          <IconButton size="sm" label={t('message.edit')} onClick={onEdit} data-testid="edit-message-button">
            <Pencil size={14} />
          </IconButton>
        )}
        {isAnswer ? (
          <>
            <IconButton
              size="sm"
              label={t('message.helpful')}
              aria-pressed={feedback === true}
              onClick={() => rate(true)}
              data-testid="helpful-button"
            >
              <ThumbsUp size={14} fill={feedback === true ? 'currentColor' : 'none'} />
            </IconButton>
            <IconButton
              size="sm"
              label={t('message.notHelpful')}
              aria-pressed={feedback === false}
              onClick={() => rate(false)}
              data-testid="not-helpful-button"
            >
              <ThumbsDown size={14} fill={feedback === false ? 'currentColor' : 'none'} />
            </IconButton>
          </>
        ) : null}
        {isLast && isAnswer ? (
          <IconButton
            size="sm"
            label={t('message.regenerate')}
            disabled={isBusy}
            onClick={() => attempt(playground.regenerate(), t('message.regenerateFailed'))}
            data-testid="regenerate-button"
          >
            <RefreshCw size={14} />
          </IconButton>
        ) : null}
        {showNode && runId && sender === 'machine' ? <RunLink runId={runId} /> : null}
        <IconButton
          size="sm"
          label={t('message.delete')}
          onClick={() => attempt(playground.remove([id]), t('message.deleteFailed'))}
          data-testid="delete-message-button"
        >
          <Trash2 size={14} />
        </IconButton>
      </div>
    </footer>
  )
}

/** How long it took and what it cost, for those who want to know (P-31). */
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
