import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../../api/api-keys.ts'
import type { RunFilter } from '../../api/runs.ts'
import { FilterPanel } from './filter-panel.tsx'

/** The filters of columns that have no control of their own above the list, as the address keeps them. */
export const NO_RUN_FILTERS = {
  session: '',
  key: '',
  version: '',
  input: '',
  output: '',
  error: '',
  seconds: '',
  tokens: '',
  cost: '',
  from: '',
  to: '',
} as const

type Values = Readonly<Record<keyof typeof NO_RUN_FILTERS, string>>

/** What the server is asked for; what is no number counts as no filter. */
export function runFilterOf(values: Values): RunFilter {
  const { session, key, version, input, output, error } = values
  const [seconds, tokens, cost] = [numberIn(values.seconds), numberIn(values.tokens), numberIn(values.cost)]
  const number = numberIn(version)
  return {
    ...(session && { session_id: session }),
    ...(key && { key_id: key }),
    ...(version === 'draft' && { version }),
    ...(number !== undefined && number >= 1 && { version: Math.floor(number) }),
    ...(input && { input }),
    ...(output && { output }),
    ...(error && { error }),
    ...(seconds !== undefined && { min_duration: Math.round(seconds * 1000) }),
    ...(tokens !== undefined && { min_tokens: Math.ceil(tokens) }),
    ...(cost !== undefined && { min_cost: cost }),
  }
}

export const numberIn = (text: string): number | undefined => {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}

export interface RunFiltersProps {
  readonly values: Values
  readonly onChange: (change: Partial<Record<keyof Values, string>>) => void
}

/** A filter for every column of the list of runs. */
export function RunFilters({ values, onChange }: RunFiltersProps): ReactNode {
  const { t } = useTranslation('monitor')
  const { data: keys = [] } = useQuery(apiKeysQuery)
  return (
    <FilterPanel
      values={values}
      onChange={onChange}
      filters={[
        { name: 'input', label: t('runs.inInput'), kind: 'text' },
        { name: 'output', label: t('runs.inOutput'), kind: 'text' },
        { name: 'error', label: t('runs.inError'), kind: 'text' },
        { name: 'session', label: t('runs.ofThisSession'), kind: 'text' },
        { name: 'version', label: t('runs.versionOrDraft'), kind: 'text' },
        {
          name: 'key',
          label: t('runs.column.key'),
          kind: keys.map(({ id, name }) => ({ value: id, label: name || id.slice(-12) })),
        },
        { name: 'seconds', label: t('runs.minDuration'), kind: 'number' },
        { name: 'tokens', label: t('runs.minTokens'), kind: 'number' },
        { name: 'cost', label: t('runs.minCost'), kind: 'number' },
        { name: 'from', label: t('filters.from'), kind: 'date' },
        { name: 'to', label: t('filters.to'), kind: 'date' },
      ]}
    />
  )
}
