import { deleteMcpServer, type McpServerRead } from '@runnel/protocol/mcp-servers'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Pencil, Plus, Server, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { usersOf } from '../api/flow-uses.ts'
import { mcpServerQuery, mcpServersChanged, mcpServersQuery, mcpToolCountsQuery } from '../api/mcp-servers.ts'
import { usedByText } from '../flows/used-by.tsx'
import { UsedByButton } from '../flows/used-by-button.tsx'
import { attempt } from '../ui/attempt.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { Menu } from '../ui/menu.tsx'
import { remove } from '../ui/remove.ts'
import { Section } from '../ui/section.tsx'
import { Badge, Spinner } from '../ui/status.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { McpServerDialog } from './mcp-server-dialog.tsx'
import { EMPTY_FORM, formOf, type ServerForm } from './server-form.ts'

/** The MCP servers flows can use, with how many tools each has. */
export function McpServersSection(): ReactNode {
  const { t } = useTranslation('mcp-servers')
  const query = useQuery(mcpServersQuery)
  const { data: servers = [] } = query
  const { data: counted } = useQuery({ ...mcpToolCountsQuery, enabled: servers.length > 0 })
  const [edited, setEdited] = useState<ServerForm | 'new'>()

  const edit = (name: string): Promise<boolean> =>
    attempt(t('failed'), async () => {
      const config = await queryClient.fetchQuery({ ...mcpServerQuery(name), staleTime: 0 })
      setEdited(config ? formOf(name, config) : { ...EMPTY_FORM, name })
    })

  async function removeServer(name: string): Promise<void> {
    const outcome = await remove({
      title: t('remove.title', { name }),
      text: await usedByText('mcp_server', [name]),
      confirm: t('remove.confirm'),
      done: t('remove.done'),
      failed: t('failed'),
      perform: () => client.call(deleteMcpServer, { params: { server_name: name } }),
    })
    if (outcome !== 'declined') await mcpServersChanged()
  }

  const add = (
    <Button look="primary" data-testid="add-mcp-server-button-page" onClick={() => setEdited('new')}>
      <Plus size={16} />
      {t('dialog.add')}
    </Button>
  )
  return (
    <Section title={t('title')} description={t('text')} actions={add}>
      <ListStates
        query={query}
        isEmpty={servers.length === 0}
        icon={<Server size={32} />}
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={add}
      />
      <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
        {servers.map(({ name }) => (
          <li key={name} className="flex items-center gap-3 px-4 py-3">
            <Server size={16} className="shrink-0 text-text-muted" />
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <UsedByButton name={name} users={usersOf('mcp_server', name)} />
            <Tools server={counted?.find((one) => one.name === name)} />
            <Menu
              items={[
                { label: t('edit'), icon: <Pencil size={14} />, onSelect: () => void edit(name) },
                {
                  label: t('delete'),
                  icon: <Trash2 size={14} />,
                  danger: true,
                  onSelect: () => void removeServer(name),
                },
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

/** Transports as the dialog calls them. */
const modeName = (mode: string): string => (mode === 'streamable_http' ? 'HTTP' : mode.toUpperCase())

function Tools({ server }: { readonly server: McpServerRead | undefined }): ReactNode {
  const { t } = useTranslation('mcp-servers')
  if (!server) return <Spinner label={t('counting')} />
  return (
    <>
      {server.mode ? <Badge>{modeName(server.mode)}</Badge> : null}
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
