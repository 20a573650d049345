import { useQuery } from '@tanstack/react-query'
import { WifiOff } from 'lucide-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { isTimeout } from '../api/client.ts'
import { configQuery, healthQuery } from '../api/server-info.ts'

const subscribe = (changed: () => void): (() => void) => {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

/** Whether the browser has a network at all. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

/** Says above the page that the server is away, busy, or the network down. Never in the way. */
export function HealthBar(): ReactNode {
  const { t } = useTranslation('common')
  const online = useOnline()
  const { data: config, isPending } = useQuery(configQuery)
  const { error } = useQuery({ ...healthQuery(config?.health_check_max_retries ?? 1), enabled: !isPending })
  if (online && !error) return null
  const text = online ? (isTimeout(error) ? t('health.busy') : t('health.unreachable')) : t('health.offline')
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-1 text-sm text-warning"
    >
      <WifiOff size={14} />
      {text}
    </div>
  )
}
