import { type AlertRead, deleteAlert, replaceAlert, testAlert } from '@runnel/protocol/alerts'
import { Pencil, Send, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { alertsChanged } from '../../../api/alerts.ts'
import { client } from '../../../api/client.ts'
import { listed } from '../../../i18n/listed.ts'
import { attempt } from '../../../ui/attempt.ts'
import { IconButton } from '../../../ui/button.tsx'
import { notify } from '../../../ui/notifications.tsx'
import { remove } from '../../../ui/remove.ts'
import { Badge } from '../../../ui/status.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { bodyOf, draftOf } from './alert-draft.ts'
import { amountText } from './alert-words.ts'

export interface AlertTableProps {
  readonly alerts: readonly AlertRead[]
  readonly scopeOf: (alert: AlertRead) => string
  readonly onEdit: (alert: AlertRead) => void
}

/** Each alert with what it watches and how that is now. */
export function AlertTable({ alerts, scopeOf, onEdit }: AlertTableProps): ReactNode {
  const { t, i18n } = useTranslation('alerts')
  const paramsOf = ({ id }: AlertRead) => ({ alert_id: id })

  async function turn(alert: AlertRead, isOn: boolean): Promise<void> {
    const body = bodyOf(draftOf(alert), isOn)
    await attempt(t('failed'), () => client.call(replaceAlert, { params: paramsOf(alert), body }))
    await alertsChanged()
  }

  async function sendSample(alert: AlertRead): Promise<void> {
    await attempt(t('failed'), async () => {
      const { deliveries } = await client.call(testAlert, { params: paramsOf(alert) })
      const failed = deliveries.filter(({ state }) => state === 'failed')
      const details = failed.map(({ channel, error }) => `${t(`channels.${channel}`)}: ${error ?? ''}`)
      if (failed.length > 0) notify('error', t('sampleFailed'), { details })
      else notify('success', t('sampleSent'))
    })
  }

  async function forget(alert: AlertRead): Promise<void> {
    await remove({
      title: t('remove.title', { name: alert.name }),
      text: t('remove.text'),
      confirm: t('remove.confirm'),
      done: t('remove.done'),
      failed: t('failed'),
      perform: () => client.call(deleteAlert, { params: paramsOf(alert) }),
    })
    await alertsChanged()
  }

  return (
    <Table label={t('title')}>
      <HeadRow>
        <Head>{t('name')}</Head>
        <Head>{t('watches')}</Head>
        <Head>{t('firesAt')}</Head>
        <Head>{t('state')}</Head>
        <Head>{t('value')}</Head>
        <Head>{t('tells')}</Head>
        <Head>{t('on')}</Head>
        <Head label={t('actions')} />
      </HeadRow>
      <tbody>
        {alerts.map((alert) => (
          <Row key={alert.id}>
            <Cell className="font-medium">{alert.name}</Cell>
            <Cell>{scopeOf(alert)}</Cell>
            <Cell>
              {t(`measures.${alert.measure}`)}
              {alert.measure === 'no_runs' ? '' : ` ≥ ${amountText(alert.measure, alert.threshold, i18n.language)}`}
              <span className="text-text-muted"> · {t(`windows.${alert.window}`)}</span>
            </Cell>
            <Cell>
              {!alert.enabled ? (
                <Badge className="whitespace-nowrap">{t('states.off')}</Badge>
              ) : alert.checked_at === null ? (
                <Badge className="whitespace-nowrap">{t('states.new')}</Badge>
              ) : (
                <Badge tone={alert.state === 'firing' ? 'danger' : 'success'} className="whitespace-nowrap">
                  {t(`states.${alert.state}`)}
                </Badge>
              )}
              {alert.enabled && alert.since !== null ? (
                <span className="ml-2 text-text-muted text-xs">
                  <Time at={alert.since} />
                </span>
              ) : null}
            </Cell>
            <Cell className="tabular-nums">
              {alert.value === null ? '–' : amountText(alert.measure, alert.value, i18n.language)}
            </Cell>
            <Cell className="text-text-muted">
              {listed([
                ...(alert.emails.length > 0 ? [t('channels.email')] : []),
                ...(alert.webhook_url === null ? [] : [t('channels.webhook')]),
              ])}
            </Cell>
            <Cell className="*:align-middle">
              <Switch
                checked={alert.enabled}
                onChange={(isOn) => void turn(alert, isOn)}
                label={t('turn', { name: alert.name })}
              />
            </Cell>
            <Cell className="whitespace-nowrap text-right">
              <IconButton size="sm" label={t('sample')} onClick={() => void sendSample(alert)}>
                <Send size={14} />
              </IconButton>
              <IconButton size="sm" label={t('dialog.edit')} onClick={() => onEdit(alert)}>
                <Pencil size={14} />
              </IconButton>
              <IconButton size="sm" label={t('remove.confirm')} onClick={() => void forget(alert)}>
                <Trash2 size={14} />
              </IconButton>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
