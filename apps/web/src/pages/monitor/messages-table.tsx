import type { MessageRow } from '@runnel/protocol/monitor-messages'
import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MESSAGE_PAGE, type MessageFilter, type MessageOrder, messagePageQuery } from '../../api/monitor.ts'
import { rowHeight } from '../../app/density.ts'
import { useComponentText } from '../../i18n/component-text.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Columns } from '../../ui/columns.ts'
import { WideHead } from '../../ui/wide-head.tsx'
import { useFlowNames } from './flow-filter.tsx'
import { MessageCells } from './message-cells.tsx'
import type { Column } from './message-columns.ts'

const ROW_PX = 40
/** Pages that scroll by within this time are never asked for. */
const SETTLE_MS = 80

export interface MessagesTableProps {
  readonly filter: MessageFilter
  readonly choice: Columns<Column>
  readonly order: MessageOrder
  readonly isAscending: boolean
  readonly onSort: (order: MessageOrder, isAscending: boolean) => void
  readonly total: number
  readonly selected: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  /** The head of the column of tick boxes. */
  readonly all: ReactNode
  readonly onOpen: (message: MessageRow) => void
}

/** Messages, however many: only what is seen is drawn, only its pages are read. */
export function MessagesTable(props: MessagesTableProps): ReactNode {
  const { filter, choice, order, isAscending, onSort, total, selected, onToggle, all, onOpen } = props
  const { t } = useTranslation('monitor')
  const { columns, widths } = choice
  const scroller = useRef<HTMLDivElement>(null)
  const names = useFlowNames()
  // An error is said by a component.
  useComponentText()
  const height = rowHeight(ROW_PX)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  /** The server gives the last first; upside down, the lines count from the end. */
  const placeOf = (index: number): number => (isAscending ? total - 1 - index : index)
  const first = Math.floor(placeOf(items[0]?.index ?? 0) / MESSAGE_PAGE)
  const last = Math.floor(placeOf(items.at(-1)?.index ?? 0) / MESSAGE_PAGE)
  const [pages, setPages] = useState<readonly number[]>([0])
  useEffect(() => {
    const timer = setTimeout(() => setPages(first === last ? [first] : [first, last]), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [first, last])
  const read = useQueries({ queries: pages.map((page) => messagePageQuery(filter, order, page)) })
  const messageAt = (index: number): MessageRow | undefined =>
    read[pages.indexOf(Math.floor(placeOf(index) / MESSAGE_PAGE))]?.data?.[placeOf(index) % MESSAGE_PAGE]
  const span = columns.length + 1

  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section
      ref={scroller}
      aria-label={t('tabs.messages')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      className="min-h-80 flex-1 overflow-auto rounded-lg border border-border"
      data-testid="messages-table"
    >
      <table className="w-full min-w-[1120px] table-fixed text-left text-sm" aria-rowcount={total + 1}>
        <thead className="sticky top-0 z-10 bg-surface-muted text-text-muted text-xs">
          <tr className="h-9">
            <th scope="col" className="w-11 pl-3">
              {all}
            </th>
            {columns.map(({ name, width, order: own }) => (
              <WideHead
                key={name}
                name={t(`messages.${name}`)}
                width={widths[name]}
                onResize={(pixels) => choice.resize(name, pixels)}
                className={classNames('truncate', width)}
                sorted={own === undefined || own !== order ? undefined : isAscending ? 'ascending' : 'descending'}
                {...(own && { onSort: () => onSort(own, own === order ? !isAscending : own !== 'timestamp') })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} span={span} />
          {items.map(({ index }) => {
            const message = messageAt(index)
            return (
              <tr
                key={index}
                aria-rowindex={index + 2}
                style={{ height }}
                className={classNames(
                  'border-border border-b',
                  message && selected.has(message.id) ? 'bg-accent-soft' : 'hover:bg-surface-muted',
                )}
              >
                {message ? (
                  <MessageCells
                    message={message}
                    columns={columns}
                    flowName={names.get(message.flow_id ?? '')}
                    isSelected={selected.has(message.id)}
                    onToggle={onToggle}
                    onOpen={onOpen}
                  />
                ) : (
                  <td colSpan={span} className="px-3">
                    <div className="h-3 w-2/3 rounded-sm bg-surface-hover" />
                  </td>
                )}
              </tr>
            )
          })}
          <Gap height={after} span={span} />
        </tbody>
      </table>
    </section>
  )
}

/** Stands for the lines that are not drawn. */
const Gap = ({ height, span }: { readonly height: number; readonly span: number }): ReactNode =>
  height > 0 ? (
    <tr>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  ) : null
