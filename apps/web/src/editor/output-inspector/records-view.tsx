import { useVirtualizer } from '@tanstack/react-virtual'
import { Columns3, Download } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rowHeight } from '../../app/density.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { JsonTree } from '../../ui/json-tree.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Popover } from '../../ui/popover.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { printCsv } from '../editors/delimited-text.ts'
import { cellText } from '../editors/table-values.ts'
import { columnNames } from './shown-value.ts'

export interface RecordsViewProps {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Rows the server left out. */
  readonly cut: number
}

const ROW_HEIGHT = 32
const CELL_LENGTH = 200

/** Records as a grid; only the rows in view are drawn. */
export function RecordsView({ name, rows, cut }: RecordsViewProps): ReactNode {
  const { t } = useTranslation('fields')
  const scroll = useRef<HTMLDivElement>(null)
  const all = useMemo(() => columnNames(rows), [rows])
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const columns = all.filter((column) => !hidden.has(column))
  const height = rowHeight(ROW_HEIGHT)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const toggle = (column: string): void =>
    setHidden(hidden.has(column) ? new Set([...hidden].filter((one) => one !== column)) : new Set([...hidden, column]))
  const grid = `56px ${columns.map(() => 'minmax(160px, 1fr)').join(' ')}`
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="text-sm text-text-muted">
          {t('table.rows', { count: rows.length })}
          {cut > 0 ? ` · ${t('output.cut', { count: cut })}` : ''}
        </span>
        <span className="flex-1" />
        <Menu
          items={all.map((column) => ({
            label: column,
            checked: !hidden.has(column),
            onSelect: () => toggle(column),
          }))}
        >
          <Button size="sm">
            <Columns3 size={13} />
            {t('output.columns')}
          </Button>
        </Menu>
        <Button
          size="sm"
          onClick={() =>
            saveFile(
              new Blob([printCsv([columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))])], {
                type: 'text/csv',
              }),
              `${name}.csv`,
            )
          }
        >
          <Download size={13} />
          CSV
        </Button>
        <Button
          size="sm"
          onClick={() =>
            saveFile(new Blob([JSON.stringify(rows, null, 2)], { type: 'application/json' }), `${name}.json`)
          }
        >
          <Download size={13} />
          JSON
        </Button>
      </div>
      <ScrollBox
        ref={scroll}
        label={name}
        className="min-h-0 flex-1 overflow-auto rounded-md border border-border text-sm"
        data-testid="records-view"
      >
        <table aria-rowcount={rows.length + 1} className="grid min-w-fit">
          <thead className="contents">
            <tr
              className="sticky top-0 z-10 grid border-border border-b bg-surface-muted font-medium"
              style={{ gridTemplateColumns: grid }}
            >
              {['#', ...columns].map((column) => (
                <th key={column} scope="col" className="truncate px-2 py-1.5 text-left font-medium">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => (
              <tr
                key={index}
                aria-rowindex={index + 2}
                className="absolute top-0 left-0 grid w-full items-center border-border border-b"
                style={{ gridTemplateColumns: grid, height, transform: `translateY(${start}px)` }}
              >
                <td className="px-2 text-text-faint tabular-nums">{index + 1}</td>
                {columns.map((column) => (
                  <Cell key={column} value={rows[index]?.[column]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

/** A cell in one line; a long one opens. */
function Cell({ value }: { readonly value: unknown }): ReactNode {
  const text = cellText(value)
  const isLong = text.length > 24 || (typeof value === 'object' && value !== null)
  return (
    <td className="min-w-0 px-2">
      {isLong ? (
        <Popover
          align="start"
          className="max-h-96 w-96 overflow-auto p-3"
          trigger={
            <button type="button" className="max-w-full truncate text-left hover:underline">
              {text.slice(0, CELL_LENGTH)}
            </button>
          }
        >
          {typeof value === 'object' && value !== null ? (
            <JsonTree value={value} />
          ) : (
            <p className="whitespace-pre-wrap break-words text-sm">{text}</p>
          )}
        </Popover>
      ) : (
        <span className="block truncate">{text}</span>
      )}
    </td>
  )
}
