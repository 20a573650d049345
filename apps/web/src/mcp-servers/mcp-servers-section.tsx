import { deleteMcpServer, type McpServerRead } from '@runnel/protocol/mcp-servers'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Pencil, Plus, Server, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { mcpServerQuery, mcpServersChanged, mcpServersQuery, mcpToolCountsQuery } from '../api/mcp-servers.ts'
import { attempt } from '../ui/attempt.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { Menu } from '../ui/menu.tsx'
import { notify } from '../ui/notifications.tsx'
import { Section } from '../ui/section.tsx'
import { Badge, EmptyState, ErrorState, Skeleton, Spinner } from '../ui/status.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { McpServerDialog } from './mcp-server-dialog.tsx'
import { EMPTY_FORM, formOf, type ServerForm } from './server-form.ts'

/** The MCP servers flows can use, with how many tools each has (N-28). */
export function McpServersSection(): ReactNode {
  const { t } = useTranslation('mcp-servers')
  const { data: servers = [], isPending, error, refetch } = useQuery(mcpServersQuery)
  const { data: counted } = useQuery({ ...mcpToolCountsQuery, enabled: servers.length > 0 })
  const [edited, setEdited] = useState<ServerForm | 'new'>()

  const edit = (name: string): Promise<boolean> =>
    attempt(t('failed'), async () => {
      const config = await queryClient.fetchQuery({ ...mcpServerQuery(name), staleTime: 0 })
      setEdited(config ? formOf(name, config) : { ...EMPTY_FORM, name })
    })

  async function remove(name: string): Promise<void> {
    const yes = await confirm({
      title: t('remove.title', { name }),
      text: t('remove.text'),
      confirm: t('remove.confirm'),
      danger: true,
    })
    if (!yes) return
    const worked = await attempt(t('failed'), () => client.call(deleteMcpServer, { params: { server_name: name } }))
    if (worked) notify('success', t('remove.done'))
    await mcpServersChanged()
  }

  const add = (
    <Button look="primary" data-testid="add-mcp-server-button-page" onClick={() => setEdited('new')}>
      <Plus size={16} />
      {t('dialog.add')}
    </Button>
  )
  return (
    <Section title={t('title')} description={t('text')} actions={add}>
      {isPending ? <Skeleton className="h-32" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!isPending && !error && servers.length === 0 ? (
        <EmptyState icon={<Server size={32} />} title={t('empty.title')} hint={t('empty.hint')} actions={add} />
      ) : null}
      <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
        {servers.map(({ name }) => (
          <li key={name} className="flex items-center gap-3 px-4 py-3">
            <Server size={16} className="shrink-0 text-text-muted" />
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <Tools server={counted?.find((one) => one.name === name)} />
            <Menu
              items={[
                { label: t('edit'), icon: <Pencil size={14} />, onSelect: () => void edit(name) },
                { label: t('delete'), icon: <Trash2 size={14} />, danger: true, onSelect: () => void remove(name) },
              ]}
            >
              <IconButton label={t('actions', { name })} data-testid={`mcp-server-menu-button-${name}`}>
                <Ellipsis size={16} />
              </IconButton>
            </Menu>
          </li>
        ))}
      </ul>
      {edited ? (
        <McpServerDialog server={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </Section>
  )
}

function Tools({ server }: { readonly server: McpServerRead | undefined }): ReactNode {
  const { t } = useTranslation('mcp-servers')
  if (!server) return <Spinner label={t('counting')} />
  return (
    <>
      {server.mode ? <Badge>{server.mode}</Badge> : null}
      {server.error === undefined ? (
        <span className="text-sm text-text-muted">{t('tools', { count: server.toolsCount ?? 0 })}</span>
      ) : (
        <Tooltip label={server.error}>
          <button type="button" className="min-h-6 max-w-80 truncate rounded-sm text-danger text-sm">
            {server.error}
          </button>
        </Tooltip>
      )}
    </>
  )
}
