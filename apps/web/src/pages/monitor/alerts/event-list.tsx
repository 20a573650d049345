import type { AlertEventRead, AlertRead } from '@runnel/protocol/alerts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/status.tsx'
import { Time } from '../../../ui/time.tsx'
import { amountText } from './alert-words.ts'

export interface EventListProps {
  readonly events: readonly AlertEventRead[]
  readonly alerts: readonly AlertRead[]
}

/** What alerts told last, and whether it arrived. */
export function EventList({ events, alerts }: EventListProps): ReactNode {
  const { t, i18n } = useTranslation('alerts')
  const named = new Map(alerts.map((alert) => [alert.id, alert]))
  if (events.length === 0) return null
  return (
    <section aria-label={t('events')} className="mt-6">
      <h2 className="mb-2 font-semibold text-sm">{t('events')}</h2>
      <ul className="divide-y divide-border rounded-lg border border-border text-sm">
        {events.map((event) => {
          const alert = named.get(event.alert_id)
          return (
            <li key={event.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
              <Badge tone={event.kind === 'fired' ? 'danger' : 'success'}>{t(`kinds.${event.kind}`)}</Badge>
              <span className="font-medium">{alert?.name}</span>
              <span className="tabular-nums">
                {alert && event.value !== null ? amountText(alert.measure, event.value, i18n.language) : ''}
              </span>
              <span className="ml-auto text-text-muted">
                {event.deliveries.map(({ channel, state, error }) => (
                  <span key={channel} className="ml-3" title={error ?? undefined}>
                    {t('delivery', { channel: t(`channels.${channel}`), state: t(`deliveries.${state}`) })}
                  </span>
                ))}
              </span>
              <span className="w-32 text-right text-text-muted">
                <Time at={event.at} />
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
