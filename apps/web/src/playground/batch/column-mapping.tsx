import { FileSpreadsheet } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type StoreApi, useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import type { BatchSetup } from './batch-of.ts'
import type { InputTable } from './input-table.ts'
import type { BatchInput } from './row-document.ts'

export interface ColumnMappingProps {
  readonly setup: StoreApi<BatchSetup>
  readonly table: InputTable
  readonly inputs: readonly BatchInput[]
  readonly onReplace: () => void
}

/** What stands for a choice in a list that allows no empty one. */
const OF_FLOW = '='
const COLUMN = 'column '
const PARALLEL = ['1', '2', '3', '5', '8'] as const

/** Which column fills which input, and how many rows run at once. */
export function ColumnMapping({ setup, table, inputs, onReplace }: ColumnMappingProps): ReactNode {
  const { t } = useTranslation('batch')
  const { mapping, parallel, batch } = useStore(setup)
  const isBegun = batch !== undefined
  const choose = (key: string, chosen: string): void => {
    const { [key]: _, ...others } = mapping
    // Another mapping is another batch.
    const next = chosen === OF_FLOW ? others : { ...others, [key]: chosen.slice(COLUMN.length) }
    setup.setState({ mapping: next, batch: undefined })
  }
  const options = [
    { value: OF_FLOW, label: t('ofFlow') },
    ...table.columns.map((column) => ({ value: `${COLUMN}${column}`, label: column })),
  ]
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-border p-4" aria-label={t('mapping')}>
      <header className="flex flex-wrap items-center gap-2">
        <FileSpreadsheet size={16} className="shrink-0 text-text-muted" />
        <span className="min-w-0 truncate font-medium text-sm">{table.name}</span>
        <span className="flex-1 text-sm text-text-muted">{t('rows', { count: table.rows.length })}</span>
        <span className="text-sm text-text-muted">{t('parallel')}</span>
        <Select
          label={t('parallel')}
          value={String(parallel)}
          disabled={isBegun}
          options={PARALLEL.map((value) => ({ value, label: value }))}
          onChange={(value) => setup.setState({ parallel: Number(value) })}
        />
        <Button onClick={onReplace}>{t('replace')}</Button>
      </header>
      {inputs.length === 0 ? <p className="text-sm text-text-muted">{t('noInputs')}</p> : null}
      <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
        {inputs.map(({ key, label }) => (
          <li key={key} className="flex items-center gap-3">
            <span className="min-w-0 flex-1 truncate text-sm" title={label}>
              {label}
            </span>
            <Select
              className="w-48 shrink-0"
              label={t('columnFor', { name: label })}
              value={mapping[key] === undefined ? OF_FLOW : `${COLUMN}${mapping[key]}`}
              options={options}
              onChange={(chosen) => choose(key, chosen)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
