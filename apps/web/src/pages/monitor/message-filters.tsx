import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageFilter } from '../../api/monitor.ts'
import { FilterPanel } from './filter-panel.tsx'
import { CATEGORIES } from './message-columns.ts'
import { numberIn } from './run-filters.tsx'

/** The filters of columns that have no control of their own above the list, as the address keeps them. */
export const NO_MESSAGE_FILTERS = { category: '', edited: '', files: '', tokens: '', from: '', to: '' } as const

type Values = Readonly<Record<keyof typeof NO_MESSAGE_FILTERS, string>>

/** What the server is asked for; what it does not know counts as no filter. */
export function messageFilterOf(values: Values): MessageFilter {
  const category = CATEGORIES.find((one) => one === values.category)
  const tokens = numberIn(values.tokens)
  return {
    ...(category && { category }),
    ...(isChoice(values.edited) && { edited: values.edited === 'yes' }),
    ...(isChoice(values.files) && { with_files: values.files === 'yes' }),
    ...(tokens !== undefined && tokens > 0 && { min_tokens: Math.ceil(tokens) }),
  }
}

const isChoice = (value: string): boolean => value === 'yes' || value === 'no'

export interface MessageFiltersProps {
  readonly values: Values
  readonly onChange: (change: Partial<Record<keyof Values, string>>) => void
}

/** A filter for each column of the table of messages that has none beside it. */
export function MessageFilters({ values, onChange }: MessageFiltersProps): ReactNode {
  const { t } = useTranslation('monitor')
  const choice = (['yes', 'no'] as const).map((value) => ({ value, label: t(`filters.${value}`) }))
  return (
    <FilterPanel
      values={values}
      onChange={onChange}
      filters={[
        {
          name: 'category',
          label: t('messages.category'),
          kind: CATEGORIES.map((value) => ({ value, label: t(`messages.categories.${value}`) })),
        },
        { name: 'tokens', label: t('messages.minTokens'), kind: 'number' },
        { name: 'edited', label: t('messages.edited'), kind: choice },
        { name: 'files', label: t('messages.withFiles'), kind: choice },
        { name: 'from', label: t('filters.from'), kind: 'date' },
        { name: 'to', label: t('filters.to'), kind: 'date' },
      ]}
    />
  )
}
