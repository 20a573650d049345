import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { RunStatus } from '../../flows/run-status.tsx'
import { durationText } from '../../ui/duration.ts'
import { Pagination } from '../../ui/pagination.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import type { Batch, BatchRow } from './batch.ts'
import type { InputTable } from './input-table.ts'
import { outputNames } from './results-file.ts'
import type { BatchInput, Mapping } from './row-document.ts'

export interface BatchResultsProps {
  readonly table: InputTable
  readonly mapping: Mapping
  readonly inputs: readonly BatchInput[]
  readonly batch: Batch | undefined
}

const STATUS = { waiting: 'queued', running: 'running', done: 'succeeded', failed: 'failed' } as const

/** The rows of the file, and what came of each as soon as it is known. */
export const BatchResults = ({ batch, ...rest }: BatchResultsProps): ReactNode =>
  batch ? <Live {...rest} batch={batch} /> : <Rows {...rest} results={[]} />

function Live({ batch, ...rest }: Omit<BatchResultsProps, 'batch'> & { readonly batch: Batch }): ReactNode {
  const { t } = useTranslation('batch')
  const { rows } = useStore(batch.store)
  const count = (wanted: string): number => rows.filter(({ status }) => status === wanted).length
  const [done, failed] = [count('done'), count('failed')]
  const text = t('progress', { done: done + failed, total: rows.length })
  return (
    <>
      <div className="flex flex-col gap-1.5" data-testid="batch-progress">
        <div className="flex gap-3 text-sm" role="status">
          <span>{text}</span>
          {failed > 0 ? <span className="text-danger">{t('failed', { count: failed })}</span> : null}
        </div>
        <ProgressBar label={text} percent={Math.round((100 * (done + failed)) / rows.length)} />
      </div>
      <Rows {...rest} results={rows} />
    </>
  )
}

interface RowsProps extends Omit<BatchResultsProps, 'batch'> {
  readonly results: readonly BatchRow[]
}

function Rows({ table, mapping, inputs, results }: RowsProps): ReactNode {
  const { t, i18n } = useTranslation('batch')
  const [page, setPage] = useState(1)
  const [size, setSize] = useState(24)
  const columns = [...new Set(inputs.flatMap(({ key }) => mapping[key] ?? []))]
  const shownColumns = columns.length > 0 ? columns : table.columns.slice(0, 3)
  const outputs = outputNames(results)
  const from = (page - 1) * size
  return (
    <div>
      <Table label={t('results')}>
        <HeadRow>
          <Head className="w-12">{t('row')}</Head>
          {shownColumns.map((column) => (
            <Head key={column}>{column}</Head>
          ))}
          {results.length > 0 ? (
            <>
              <Head className="w-28">{t('status')}</Head>
              {(outputs.length > 0 ? outputs : [t('output')]).map((name) => (
                <Head key={name}>{name}</Head>
              ))}
              <Head className="w-20">{t('time')}</Head>
            </>
          ) : null}
        </HeadRow>
        <tbody>
          {table.rows.slice(from, from + size).map((input, offset) => {
            const index = from + offset
            const row = results[index]
            return (
              <Row key={index} className="align-top" data-testid={`batch-row-${index + 1}`}>
                <Cell className="text-text-muted tabular-nums">{index + 1}</Cell>
                {shownColumns.map((column) => (
                  <Cell key={column} className="min-w-40 max-w-96">
                    <Text text={input[column] ?? ''} />
                  </Cell>
                ))}
                {row ? (
                  <>
                    <Cell>
                      <RunStatus status={STATUS[row.status]} />
                    </Cell>
                    <Outputs row={row} names={outputs} />
                    <Cell className="whitespace-nowrap text-text-muted">
                      {row.durationMs === undefined ? '' : durationText(row.durationMs, i18n.language)}
                    </Cell>
                  </>
                ) : null}
              </Row>
            )
          })}
        </tbody>
      </Table>
      {table.rows.length > 12 ? (
        <Pagination
          page={page}
          size={size}
          total={table.rows.length}
          onChange={(change) => {
            if (change.size) setSize(Number(change.size))
            if (change.page) setPage(Number(change.page))
          }}
        />
      ) : null}
    </div>
  )
}

/** What a row gave; one that failed says why in place of it. */
function Outputs({ row, names }: { readonly row: BatchRow; readonly names: readonly string[] }): ReactNode {
  if (row.error !== undefined) {
    return (
      <Cell colSpan={Math.max(1, names.length)} className="text-danger">
        <Text text={row.error} />
      </Cell>
    )
  }
  if (names.length === 0) return <Cell />
  return names.map((name) => (
    <Cell key={name} className="min-w-72">
      <Text text={row.outputs[name] ?? ''} />
    </Cell>
  ))
}

/** A few lines of a text; the whole of it when it is opened. */
function Text({ text }: { readonly text: string }): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const isLong = text.length > 160 || text.split('\n').length > 3
  if (!isLong) return <span className="wrap-anywhere whitespace-pre-wrap">{text}</span>
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
      className={`wrap-anywhere min-w-40 whitespace-pre-wrap text-left ${isOpen ? '' : 'line-clamp-3'}`}
    >
      {text}
    </button>
  )
}
