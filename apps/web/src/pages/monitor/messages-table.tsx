import type { MessageRow } from '@runnel/protocol/monitor-messages'
import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MESSAGE_PAGE, type MessageFilter, messagePageQuery } from '../../api/monitor.ts'
import { classNames } from '../../ui/class-names.ts'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { useFlowNames } from './flow-filter.tsx'

const ROW_PX = 40
/** Name and width of each column after the tick box. */
const COLUMNS = [
  ['time', 'w-32'],
  ['flow', 'w-[14%]'],
  ['sender', 'w-24'],
  ['senderName', 'w-32'],
  ['text', ''],
  ['session', 'w-[14%]'],
] as const
/** Pages that scroll by within this time are never asked for. */
const SETTLE_MS = 80

export interface MessagesTableProps {
  readonly filter: MessageFilter
  readonly total: number
  readonly selected: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onOpen: (message: MessageRow) => void
}

/** Messages, however many: only what is seen is drawn, only its pages are read (M-01). */
export function MessagesTable({ filter, total, selected, onToggle, onOpen }: MessagesTableProps): ReactNode {
  const { t } = useTranslation('monitor')
  const scroller = useRef<HTMLDivElement>(null)
  const names = useFlowNames()
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  const first = Math.floor((items[0]?.index ?? 0) / MESSAGE_PAGE)
  const last = Math.floor((items.at(-1)?.index ?? 0) / MESSAGE_PAGE)
  const [pages, setPages] = useState<readonly number[]>([0])
  useEffect(() => {
    const timer = setTimeout(() => setPages(first === last ? [first] : [first, last]), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [first, last])
  const read = useQueries({ queries: pages.map((page) => messagePageQuery(filter, page)) })
  const messageAt = (index: number): MessageRow | undefined =>
    read[pages.indexOf(Math.floor(index / MESSAGE_PAGE))]?.data?.[index % MESSAGE_PAGE]

  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section
      ref={scroller}
      aria-label={t('tabs.messages')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto rounded-lg border border-border"
      data-testid="messages-table"
    >
      <table className="w-full min-w-[900px] table-fixed text-left text-sm" aria-rowcount={total + 1}>
        <thead className="sticky top-0 z-10 bg-surface-muted text-text-muted text-xs">
          <tr className="h-9">
            <th scope="col" aria-label={t('messages.select')} className="w-11" />
            {COLUMNS.map(([column, width]) => (
              <th key={column} scope="col" className={classNames('truncate px-3 font-medium', width)}>
                {t(`messages.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {items.map(({ index }) => {
            const message = messageAt(index)
            return (
              <tr
                key={index}
                aria-rowindex={index + 2}
                className={classNames(
                  'h-10 border-border border-b',
                  message && selected.has(message.id) ? 'bg-accent-soft' : 'hover:bg-surface-muted',
                )}
              >
                {message ? (
                  <MessageCells
                    message={message}
                    flowName={names.get(message.flow_id ?? '')}
                    isSelected={selected.has(message.id)}
                    onToggle={onToggle}
                    onOpen={onOpen}
                  />
                ) : (
                  <td colSpan={7} className="px-3">
                    <div className="h-3 w-2/3 rounded-sm bg-surface-hover" />
                  </td>
                )}
              </tr>
            )
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </section>
  )
}

/** Stands for the lines that are not drawn. */
const Gap = ({ height }: { readonly height: number }): ReactNode =>
  height > 0 ? (
    <tr>
      <td colSpan={7} style={{ height, padding: 0 }} />
    </tr>
  ) : null

interface MessageCellsProps extends Pick<MessagesTableProps, 'onToggle' | 'onOpen'> {
  readonly message: MessageRow
  readonly flowName: string | undefined
  readonly isSelected: boolean
}

/** Drawn again only when its own message changes: a scroll draws just the lines that come into view. */
const MessageCells = memo(({ message, flowName, isSelected, onToggle, onOpen }: MessageCellsProps): ReactNode => {
  const { t } = useTranslation('monitor')
  const cell = (content: ReactNode): ReactNode => <td className="truncate px-3 text-text-muted">{content}</td>
  return (
    <>
      <td className="pl-3">
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={t('messages.selectOne', { id: message.id.slice(-6) })}
          onChange={() => onToggle(message.id)}
          className="size-4 align-middle accent-accent"
        />
      </td>
      {cell(<Time at={message.timestamp} />)}
      {cell(flowName)}
      {cell(message.sender)}
      {cell(message.sender_name)}
      <td className="px-3">
        <div className="flex min-w-0 items-center gap-1.5">
          {message.error ? <Badge tone="danger">{t('error')}</Badge> : null}
          {message.edit ? <Badge>{t('messages.edited')}</Badge> : null}
          <button
            type="button"
            onClick={() => onOpen(message)}
            className="block min-h-6 min-w-0 flex-1 truncate rounded-sm text-left hover:underline"
          >
            {message.text || t('messages.empty')}
          </button>
        </div>
      </td>
      {cell(message.session_id)}
    </>
  )
})
