import type { MessageRow } from '@runnel/protocol/monitor-messages'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, categoryOf, fileCount, messageTokens } from './message-columns.ts'

export interface MessageCellsProps {
  readonly message: MessageRow
  readonly columns: readonly Column[]
  readonly flowName: string | undefined
  readonly isSelected: boolean
  readonly onToggle: (id: string) => void
  readonly onOpen: (message: MessageRow) => void
}

/** Drawn again only when its own message changes: a scroll draws just the lines that come into view. */
export const MessageCells = memo((props: MessageCellsProps): ReactNode => {
  const { message, columns, flowName, isSelected, onToggle, onOpen } = props
  const { t, i18n } = useTranslation('monitor')

  const contentOf = (name: Exclude<Column['name'], 'text'>): ReactNode => {
    switch (name) {
      case 'time':
        return <Time at={message.timestamp} />
      case 'flow':
        return flowName
      case 'sender':
        return <Sender sender={message.sender} />
      case 'senderName':
        return message.error ? componentText(message.sender_name) : message.sender_name
      case 'session':
        return message.session_id
      case 'category':
        return t(`messages.categories.${categoryOf(message.category)}`)
      case 'edited':
        return message.edit ? t('messages.edited') : '–'
      case 'files':
        return fileCount(message) || '–'
      case 'tokens':
        return messageTokens(message)?.toLocaleString(i18n.language) ?? '–'
      case 'feedback':
        return <Feedback positive={message.properties.positive_feedback} />
      default:
        return name satisfies never
    }
  }
  return (
    <>
      <td className="pl-3">
        <Checkbox
          checked={isSelected}
          label={t('messages.selectOne', { id: message.id.slice(-6) })}
          onChange={() => onToggle(message.id)}
        />
      </td>
      {columns.map(({ name }) =>
        name === 'text' ? (
          <td key={name} className="px-3">
            <div className="flex min-w-0 items-center gap-1.5">
              {message.error ? <Badge tone="danger">{t('error')}</Badge> : null}
              {message.edit ? <Badge>{t('messages.edited')}</Badge> : null}
              <button
                type="button"
                onClick={() => onOpen(message)}
                className="block min-h-6 min-w-6 flex-1 truncate rounded-sm text-left hover:underline"
              >
                {message.text || t('messages.empty')}
              </button>
            </div>
          </td>
        ) : (
          <td key={name} className="truncate px-3 text-text-muted">
            {contentOf(name)}
          </td>
        ),
      )}
    </>
  )
})

/** The two who talk in the reader's language; an error has the name of its component there. */
function Sender({ sender }: Pick<MessageRow, 'sender'>): ReactNode {
  const { t } = useTranslation('monitor')
  if (sender === 'User') return t('messages.user')
  return sender === 'Machine' ? t('messages.machine') : componentText(sender)
}

function Feedback({ positive }: { readonly positive: unknown }): ReactNode {
  const { t } = useTranslation('monitor')
  if (typeof positive !== 'boolean') return '–'
  return positive ? (
    <ThumbsUp size={14} role="img" aria-label={t('messages.liked')} className="text-success" />
  ) : (
    <ThumbsDown size={14} role="img" aria-label={t('messages.disliked')} className="text-danger" />
  )
}
