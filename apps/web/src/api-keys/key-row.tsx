import { deleteApiKey, rotateApiKey, updateApiKey } from '@runnel/protocol/api-keys'
import { Pencil, RefreshCw, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged, type ListedKey } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { usersOfKey } from '../api/flow-uses.ts'
import { UsedByButton } from '../flows/used-by-button.tsx'
import { attempt } from '../ui/attempt.ts'
import { IconButton } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'
import { Badge } from '../ui/status.tsx'
import { Switch } from '../ui/switch.tsx'
import { Cell, Row } from '../ui/table.tsx'
import { Time, timeOf } from '../ui/time.tsx'
import { EditKeyDialog } from './edit-key-dialog.tsx'

export interface KeyRowProps {
  readonly apiKey: ListedKey
  /** Told the new secret, once. */
  readonly onRotated: (secret: string) => void
}

/** One key: what it may, when it was used, and what can be done with it. */
export function KeyRow({ apiKey, onRotated }: KeyRowProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const name = apiKey.name ?? ''
  const [isEdited, setEdited] = useState(false)
  const params = { api_key_id: apiKey.id }

  async function remove(): Promise<void> {
    const title = t('remove.title', { name })
    const yes = await confirm({ title, text: t('remove.text'), confirm: t('remove.confirm'), danger: true })
    if (!yes) return
    const worked = await attempt(t('remove.failed'), () => client.call(deleteApiKey, { params }))
    if (worked) notify('success', t('remove.done'))
    await apiKeysChanged()
  }

  async function rotate(): Promise<void> {
    const title = t('rotate.title', { name })
    const yes = await confirm({ title, text: t('rotate.text'), confirm: t('rotate.confirm'), danger: true })
    if (!yes) return
    await attempt(t('rotate.failed'), async () => onRotated((await client.call(rotateApiKey, { params })).api_key))
    await apiKeysChanged()
  }

  async function setActive(is_active: boolean): Promise<void> {
    await attempt(t('activeFailed'), () => client.call(updateApiKey, { params, body: { is_active } }))
    await apiKeysChanged()
  }

  return (
    <Row data-testid={`key-${apiKey.id}`}>
      <Cell className="font-medium">{apiKey.name}</Cell>
      <Cell className="whitespace-nowrap font-mono text-text-muted text-xs">
        {apiKey.api_key.replace(/\*+$/, '')}…{apiKey.last_four}
      </Cell>
      <Cell>
        <KeyLimits apiKey={apiKey} />
      </Cell>
      <Cell className="text-text-muted max-xl:hidden">
        <Time at={apiKey.created_at} />
      </Cell>
      <Cell className="whitespace-nowrap text-text-muted">
        {apiKey.last_used_at ? <Time at={apiKey.last_used_at} /> : t('never')}
      </Cell>
      <Cell className="text-right text-text-muted tabular-nums">{apiKey.total_uses}</Cell>
      <Cell>
        <UsedByButton name={name} users={usersOfKey(apiKey.id)} />
      </Cell>
      <Cell className="whitespace-nowrap text-text-muted">
        {!apiKey.expires_at ? (
          t('lifetime.never')
        ) : timeOf(apiKey.expires_at) < Date.now() ? (
          <Badge tone="danger">{t('expired')}</Badge>
        ) : (
          <Time at={apiKey.expires_at} />
        )}
      </Cell>
      <Cell>
        <Switch
          label={t('activeOf', { name })}
          checked={apiKey.is_active}
          onChange={(isActive) => void setActive(isActive)}
        />
      </Cell>
      <Cell className="w-28 whitespace-nowrap">
        <IconButton label={t('edit.button', { name })} onClick={() => setEdited(true)}>
          <Pencil size={16} />
        </IconButton>
        <IconButton label={t('rotate.button', { name })} onClick={() => void rotate()}>
          <RefreshCw size={16} />
        </IconButton>
        <IconButton label={t('remove.button', { name })} onClick={() => void remove()}>
          <Trash2 size={16} />
        </IconButton>
        {isEdited ? <EditKeyDialog apiKey={apiKey} onClose={() => setEdited(false)} /> : null}
      </Cell>
    </Row>
  )
}

/** What a key is limited to, in a few words each. */
function KeyLimits({ apiKey }: { readonly apiKey: ListedKey }): ReactNode {
  const { t } = useTranslation('api-keys')
  const { access, flow_ids, project_ids, addresses, rate_limit } = apiKey
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={access === 'run' ? 'info' : 'accent'} className="whitespace-nowrap">
        {t(`access.${access}`)}
      </Badge>
      {flow_ids ? <Badge className="whitespace-nowrap">{t('limit.flows', { count: flow_ids.length })}</Badge> : null}
      {project_ids ? (
        <Badge className="whitespace-nowrap">{t('limit.projects', { count: project_ids.length })}</Badge>
      ) : null}
      {addresses ? (
        <span title={addresses.join(', ')}>
          <Badge className="whitespace-nowrap">{t('limit.addresses', { count: addresses.length })}</Badge>
        </span>
      ) : null}
      {rate_limit === null ? null : (
        <Badge className="whitespace-nowrap">
          {rate_limit === 0 ? t('limit.noRate') : t('limit.rate', { rate: rate_limit })}
        </Badge>
      )}
    </span>
  )
}
