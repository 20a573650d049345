import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchInput } from '../../ui/search-input.tsx'

interface Values {
  readonly session: string
  readonly name: string
}

export interface ColumnFiltersProps {
  readonly values: Values
  readonly onChange: (change: Partial<Values>) => void
}

/** What is in a column exactly: the session a message was said in, the name of who said it. */
export function ColumnFilters({ values, onChange }: ColumnFiltersProps): ReactNode {
  const { t } = useTranslation('monitor')
  return (
    <>
      <SearchInput
        value={values.session}
        label={t('messages.onlySession')}
        className="w-52"
        onChange={(session) => onChange({ session: session.trim() })}
      />
      <SearchInput
        value={values.name}
        label={t('messages.onlyName')}
        className="w-44"
        onChange={(name) => onChange({ name: name.trim() })}
      />
    </>
  )
}
