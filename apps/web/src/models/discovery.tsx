import type { discoverModels } from '@runnel/protocol/models'
import type { UseQueryResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { IconButton } from '../ui/button.tsx'
import { Spinner } from '../ui/status.tsx'

export interface DiscoveryProps {
  readonly query: UseQueryResult<z.output<(typeof discoverModels)['response']>>
}

/** How many models a provider says it has, or why it says nothing. */
export function Discovery({ query: { data, error, isFetching, refetch } }: DiscoveryProps): ReactNode {
  const { t } = useTranslation('models')
  if (isFetching) return <Spinner label={t('discovery.asking')} />
  const why = error?.message ?? data?.error
  return (
    <div className="text-text-muted text-xs">
      <p className="flex items-center gap-1">
        {why ? t('discovery.silent') : t('discovery.found', { count: data?.models.length ?? 0 })}
        <IconButton label={t('discovery.again')} size="sm" onClick={() => void refetch()}>
          <RefreshCw size={12} />
        </IconButton>
      </p>
      {why ? (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer leading-6">{t('discovery.why')}</summary>
          <p className="wrap-anywhere">{why}</p>
        </details>
      ) : null}
    </div>
  )
}
