import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select.tsx'
import { PERIODS } from './period.ts'

export interface PeriodFilterProps {
  readonly value: string
  readonly onChange: (period: string) => void
}

/** How far back a list goes. */
export function PeriodFilter({ value, onChange }: PeriodFilterProps): ReactNode {
  const { t } = useTranslation('monitor')
  return (
    <Select
      label={t('period.label')}
      value={value}
      options={PERIODS.map((period) => ({ value: period, label: t(`period.${period}`) }))}
      onChange={onChange}
    />
  )
}
