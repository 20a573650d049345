import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { EmptyState } from './status.tsx'

/** What stands in the place of a list while nothing in it fits what is searched for. */
export function NoMatch({ onClear }: { readonly onClear: () => void }): ReactNode {
  const { t } = useTranslation('common')
  return (
    <EmptyState
      icon={<SearchX size={32} />}
      title={t('noMatch')}
      actions={<Button onClick={onClear}>{t('clearSearch')}</Button>}
    />
  )
}
