import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WireMessage } from '../../editor/run/build-events.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ErrorState, Spinner } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { useChatPlace } from '../playground-context.tsx'
import { allMessages } from './export-session.ts'

export interface MessageLogsProps {
  readonly sessionId: string
  readonly title: string
  readonly onClose: () => void
}

/** The messages of a session as they are stored: texts can be changed, rows deleted. */
export function MessageLogs({ sessionId, title, onClose }: MessageLogsProps): ReactNode {
  const { t } = useTranslation('playground')
  const { playground, showNode } = useChatPlace()
  /** Visitors read only: the memory of the flow is the owner's. */
  const isOwn = showNode !== undefined
  const queryClient = useQueryClient()
  const queryKey = ['message-logs', playground.backend.flowId, sessionId]
  const { data, error, refetch } = useQuery({
    queryKey,
    staleTime: 0,
    gcTime: 0,
    queryFn: () => allMessages(playground.backend, sessionId),
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [page, setPage] = useState(1)
  const [size, setSize] = useState(24)
  const messages = data ?? []
  const shown = messages.slice((page - 1) * size, page * size)
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action()
    } catch (failure) {
      notifyError(t('logs.failed'), failure)
    }
    await queryClient.invalidateQueries({ queryKey })
  }
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('logs.title', { session: title })}
      description={isOwn ? t('logs.hint') : undefined}
      width="xl"
      tall
      footer={
        isOwn ? (
          <Button
            look="danger"
            disabled={chosen.size === 0}
            onClick={() => {
              void attempt(() => playground.remove([...chosen]))
              setChosen(new Set())
            }}
          >
            <Trash2 size={14} />
            {chosen.size === 0 ? t('sessions.delete') : t('logs.delete', { count: chosen.size })}
          </Button>
        ) : undefined
      }
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? null : <Spinner />}
      <table className="w-full table-fixed text-left text-sm">
        <thead className="text-text-muted text-xs">
          <tr className="*:px-2 *:py-1.5 *:font-medium">
            {isOwn ? (
              <th className="w-10">
                <span className="sr-only">{t('logs.choose')}</span>
              </th>
            ) : null}
            <th className="w-52">{t('logs.time')}</th>
            <th className="w-36">{t('logs.sender')}</th>
            <th>{t('logs.text')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-border align-top">
          {shown.map((message) => (
            <tr key={message.id} className="*:px-2 *:py-1.5">
              {isOwn ? (
                <td>
                  <Checkbox
                    checked={chosen.has(message.id ?? '')}
                    onChange={() => toggle(message.id ?? '')}
                    label={t('logs.chooseOne', { name: message.sender_name ?? '' })}
                  />
                </td>
              ) : null}
              <td>
                <Time at={message.timestamp} exact />
              </td>
              <td className="truncate">{message.sender_name}</td>
              <td className="wrap-anywhere whitespace-pre-wrap">
                {isOwn ? (
                  <TextCell
                    message={message}
                    onSave={(text) => void attempt(() => playground.edit(message.id ?? '', text))}
                  />
                ) : (
                  message.text
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination
        page={page}
        size={size}
        total={messages.length}
        onChange={(change) => {
          if (change.size) setSize(Number(change.size))
          if (change.page) setPage(Number(change.page))
        }}
      />
    </Dialog>
  )
}

/** A text that is changed where it stands; leaving it saves. */
function TextCell({
  message,
  onSave,
}: {
  readonly message: WireMessage
  readonly onSave: (text: string) => void
}): ReactNode {
  const { t } = useTranslation('playground')
  const [text, setText] = useState(message.text ?? '')
  return (
    <textarea
      rows={Math.min(6, text.split('\n').length)}
      value={text}
      aria-label={t('logs.textOf', { name: message.sender_name ?? '' })}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => text !== message.text && onSave(text)}
      className="w-full resize-y rounded-sm bg-transparent px-1 hover:bg-surface-hover focus:bg-surface"
    />
  )
}
