import { deleteApiKey } from '@runnel/protocol/api-keys'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged, apiKeysQuery } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { attempt } from '../ui/attempt.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'
import { Section } from '../ui/section.tsx'
import { Badge, EmptyState, ErrorState, Skeleton } from '../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../ui/table.tsx'
import { Time, timeOf } from '../ui/time.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

/** The keys programs show instead of a login (N-29). */
export function ApiKeysSection(): ReactNode {
  const { t } = useTranslation('api-keys')
  const { data: keys = [], isPending, error, refetch } = useQuery(apiKeysQuery)
  const [isNewOpen, setNewOpen] = useState(false)

  async function remove(id: string, name: string): Promise<void> {
    const yes = await confirm({
      title: t('remove.title', { name }),
      text: t('remove.text'),
      confirm: t('remove.confirm'),
      danger: true,
    })
    if (!yes) return
    const worked = await attempt(t('remove.failed'), () => client.call(deleteApiKey, { params: { api_key_id: id } }))
    if (worked) notify('success', t('remove.done'))
    await apiKeysChanged()
  }

  const add = (
    <Button look="primary" data-testid="api-key-button-store" onClick={() => setNewOpen(true)}>
      <Plus size={16} />
      {t('create')}
    </Button>
  )
  return (
    <Section title={t('title')} description={t('text')} actions={add}>
      {isPending ? <Skeleton className="h-40" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!isPending && !error && keys.length === 0 ? (
        <EmptyState icon={<KeyRound size={32} />} title={t('empty.title')} hint={t('empty.hint')} actions={add} />
      ) : null}
      {keys.length > 0 ? (
        <Table label={t('title')}>
          <HeadRow>
            <Head>{t('name')}</Head>
            <Head>{t('key')}</Head>
            <Head>{t('created')}</Head>
            <Head>{t('lastUsed')}</Head>
            <Head>{t('uses')}</Head>
            <Head>{t('expiry')}</Head>
            <Head label={t('actions')} />
          </HeadRow>
          <tbody>
            {keys.map((key) => (
              <Row key={key.id}>
                <Cell className="font-medium">{key.name}</Cell>
                <Cell className="max-w-48 truncate font-mono text-text-muted text-xs">{key.api_key}</Cell>
                <Cell className="text-text-muted">
                  <Time at={key.created_at} />
                </Cell>
                <Cell className="text-text-muted">
                  {key.last_used_at ? <Time at={key.last_used_at} /> : t('never')}
                </Cell>
                <Cell className="text-text-muted tabular-nums">{key.total_uses}</Cell>
                <Cell className="text-text-muted">
                  {!key.expires_at ? (
                    t('lifetime.never')
                  ) : timeOf(key.expires_at) < Date.now() ? (
                    <Badge tone="danger">{t('expired')}</Badge>
                  ) : (
                    <Time at={key.expires_at} />
                  )}
                </Cell>
                <Cell className="w-12">
                  <IconButton
                    label={t('remove.button', { name: key.name ?? '' })}
                    onClick={() => void remove(key.id, key.name ?? '')}
                  >
                    <Trash2 size={16} />
                  </IconButton>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      ) : null}
      {isNewOpen ? <NewKeyDialog onClose={() => setNewOpen(false)} /> : null}
    </Section>
  )
}
