import { useVirtualizer } from '@tanstack/react-virtual'
import { CopyPlus, Download, Plus, Trash2, Undo2, Upload } from 'lucide-react'
import { type ClipboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rowHeight } from '../../app/density.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { parseDelimited, printCsv } from './delimited-text.ts'
import { TableCell } from './table-cell.tsx'
import { cellText, newRow, parseCell, type TableColumn, type TableRow } from './table-values.ts'

export interface TableEditorProps {
  readonly title: string
  readonly description: string | undefined
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
  readonly isDisabled: boolean
  readonly onSave: (rows: readonly TableRow[]) => void
  readonly onClose: () => void
}

const ROW_HEIGHT = 36

/** Rows of a table field: edited cell by cell, pasted from a spreadsheet, read from and written to CSV. */
export function TableEditor(props: TableEditorProps): ReactNode {
  const { title, description, columns, isDisabled, onSave, onClose } = props
  const { t } = useTranslation('fields')
  const [rows, setRows] = useState(props.rows)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({})
  const [problem, setProblem] = useState<string>()
  // State and no ref: a dialog draws its content later, and the list must hear of it.
  const [scroll, setScroll] = useState<HTMLDivElement | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const height = rowHeight(ROW_HEIGHT)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll,
    estimateSize: () => height,
    overscan: 8,
  })

  const change = (index: number, name: string, value: unknown): void => {
    const row = rows[index]
    if (row) setRows(rows.with(index, { ...row, [name]: value }))
  }
  const add = (): void => {
    setRows([...rows, newRow(columns)])
    setChosen(new Set())
  }
  const duplicate = (): void => {
    setRows([...rows, ...rows.filter((_, index) => chosen.has(index))])
    setChosen(new Set())
  }
  const remove = (): void => {
    setRows(rows.filter((_, index) => !chosen.has(index)))
    setChosen(new Set())
  }
  /** Puts cells in from a place on; rows that are missing are added. Cells that fit no column or kind are counted. */
  const fill = (cells: readonly (readonly string[])[], top: number, left: number): void => {
    const next = [...rows]
    let refused = 0
    for (const [down, line] of cells.entries()) {
      const changes = line.flatMap((text, right) => {
        const column = columns[left + right]
        const value = column && !column.isReadOnly ? parseCell(text, column) : undefined
        if (column && value !== undefined) return [[column.name, value] as const]
        refused++
        return []
      })
      next[top + down] = { ...(next[top + down] ?? newRow(columns)), ...Object.fromEntries(changes) }
    }
    setRows(next)
    setProblem(refused > 0 ? t('table.refused', { count: refused }) : undefined)
  }
  const paste = (event: ClipboardEvent, top: number, left: number): void => {
    const text = event.clipboardData.getData('text/plain')
    if (isDisabled || !/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    fill(parseDelimited(text, '\t'), top, left)
  }
  const importCsv = async (given: File): Promise<void> => {
    const [head = [], ...lines] = parseDelimited(await given.text(), ',')
    const places = columns.map(({ name, label }) => head.findIndex((cell) => cell === name || cell === label))
    if (places.every((place) => place < 0)) return setProblem(t('table.noColumns'))
    fill(
      lines.map((line) => places.map((place) => line[place] ?? '')),
      rows.length,
      0,
    )
  }
  const exportCsv = (): void => {
    const lines = rows.map((row) => columns.map(({ name }) => cellText(row[name])))
    saveFile(new Blob([printCsv([columns.map(({ name }) => name), ...lines])], { type: 'text/csv' }), `${title}.csv`)
  }
  const widthOf = ({ name }: TableColumn): string => (widths[name] ? `${widths[name]}px` : 'minmax(160px, 1fr)')
  const grid = ['40px', ...columns.map(widthOf)].join(' ')

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      width="xl"
      tall
      testId="table-editor"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={isDisabled}
            data-testid="table-save"
            onClick={() => {
              onSave(rows)
              onClose()
            }}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <Button size="sm" disabled={isDisabled} onClick={add} data-testid="add-row-button">
            <Plus size={13} />
            {t('table.add')}
          </Button>
          <Button
            size="sm"
            disabled={isDisabled || chosen.size === 0}
            onClick={duplicate}
            data-testid="duplicate-row-button"
          >
            <CopyPlus size={13} />
            {t('table.duplicate')}
          </Button>
          <Button size="sm" disabled={isDisabled || chosen.size === 0} onClick={remove} data-testid="delete-row-button">
            <Trash2 size={13} />
            {t('table.delete')}
          </Button>
          <span className="flex-1" />
          <Button size="sm" disabled={Object.keys(widths).length === 0} onClick={() => setWidths({})}>
            <Undo2 size={13} />
            {t('table.resetColumns')}
          </Button>
          <Button size="sm" disabled={isDisabled} onClick={() => file.current?.click()}>
            <Upload size={13} />
            {t('table.import')}
          </Button>
          <Button size="sm" disabled={rows.length === 0} onClick={exportCsv}>
            <Download size={13} />
            {t('table.export')}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".csv,text/csv"
            aria-label={t('table.import')}
            className="hidden"
            onChange={(event) => {
              const [given] = event.target.files ?? []
              event.target.value = ''
              if (given) void importCsv(given)
            }}
          />
        </div>
        {problem ? (
          <p role="alert" className="text-sm text-warning">
            {problem}
          </p>
        ) : null}
        <div ref={setScroll} className="min-h-0 flex-1 overflow-auto rounded-md border border-border">
          <table aria-label={title} aria-rowcount={rows.length + 1} className="grid min-w-fit">
            <thead className="contents">
              <tr
                className="sticky top-0 z-10 grid border-border border-b bg-surface-muted font-medium text-sm"
                style={{ gridTemplateColumns: grid }}
              >
                <th scope="col" className="grid place-items-center">
                  <input
                    type="checkbox"
                    aria-label={t('table.chooseAll')}
                    checked={rows.length > 0 && chosen.size === rows.length}
                    onChange={(event) => setChosen(new Set(event.target.checked ? rows.keys() : []))}
                  />
                </th>
                {columns.map((column) => (
                  <ColumnHead
                    key={column.name}
                    column={column}
                    onResize={(width) => setWidths({ ...widths, [column.name]: width })}
                  />
                ))}
              </tr>
            </thead>
            <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map(({ index, start }) => (
                <tr
                  key={index}
                  aria-rowindex={index + 2}
                  aria-selected={chosen.has(index)}
                  className="absolute top-0 left-0 grid w-full border-border border-b text-sm aria-selected:bg-accent-soft"
                  style={{ gridTemplateColumns: grid, height, transform: `translateY(${start}px)` }}
                >
                  <td className="grid place-items-center">
                    <input
                      type="checkbox"
                      aria-label={t('table.choose', { number: index + 1 })}
                      checked={chosen.has(index)}
                      onChange={(event) =>
                        setChosen(
                          event.target.checked
                            ? new Set([...chosen, index])
                            : new Set([...chosen].filter((one) => one !== index)),
                        )
                      }
                    />
                  </td>
                  {columns.map((column, at) => (
                    <TableCell
                      key={column.name}
                      column={column}
                      row={index}
                      value={rows[index]?.[column.name]}
                      isDisabled={isDisabled || column.isReadOnly}
                      onChange={(value) => change(index, column.name, value)}
                      onPaste={(event) => paste(event, index, at)}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 ? (
            <p className="px-4 py-8 text-center text-sm text-text-muted">{t('table.empty')}</p>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}

function ColumnHead({
  column,
  onResize,
}: {
  readonly column: TableColumn
  readonly onResize: (width: number) => void
}): ReactNode {
  const { t } = useTranslation('fields')
  const head = useRef<HTMLTableCellElement>(null)
  const width = (): number => head.current?.getBoundingClientRect().width ?? 160
  return (
    <th
      ref={head}
      scope="col"
      title={column.info}
      className="relative truncate py-1.5 pr-2 pl-3.75 text-left font-medium"
    >
      {column.label}
      <button
        type="button"
        aria-label={t('table.resize', { column: column.label })}
        className="absolute inset-y-0 right-0 w-2 cursor-col-resize hover:bg-accent-soft"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          onResize(Math.max(80, event.clientX - (head.current?.getBoundingClientRect().left ?? 0)))
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 24 : event.key === 'ArrowLeft' ? -24 : 0
          if (step !== 0) onResize(Math.max(80, width() + step))
        }}
      />
    </th>
  )
}
