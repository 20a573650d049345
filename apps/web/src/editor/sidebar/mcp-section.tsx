import { deleteMcpServer } from '@runnel/protocol/mcp-servers'
import { useQuery } from '@tanstack/react-query'
import { Plus, Server, Settings } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { mcpServersChanged, mcpServersQuery } from '../../api/mcp-servers.ts'
import { Button } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import { remove } from '../../ui/remove.ts'
import { useWorkspace } from '../editor-context.tsx'
import { addMcpServer, DRAGGED_SERVER } from './add-mcp-server.ts'
import { SidebarHeading } from './sidebar-heading.tsx'
import { SidebarItem } from './sidebar-item.tsx'

const McpServerDialog = lazily(async () => (await import('../../mcp-servers/mcp-server-dialog.tsx')).McpServerDialog)

export interface McpSectionProps {
  /** Only servers whose names contain it. */
  readonly search: string
  readonly isOpenAtFirst: boolean
}

/** The user's MCP servers, to be dragged onto the canvas. */
export function McpSection({ search, isOpenAtFirst }: McpSectionProps): ReactNode {
  const { t } = useTranslation('workspace')
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  const [isAdding, setAdding] = useState(false)
  const wanted = search.trim().toLowerCase()
  const isShown = isOpen || wanted !== ''
  const { data: servers, isPending } = useQuery({ ...mcpServersQuery, enabled: isShown })
  const found = (servers ?? []).filter(({ name }) => name.toLowerCase().includes(wanted))
  if (wanted !== '' && found.length === 0) return null
  return (
    <section>
      <SidebarHeading
        icon={Server}
        name={t('mcp.title')}
        isOpen={isShown}
        onToggle={() => setOpen(!isOpen)}
        testId="disclosure-mcp"
      />
      {isShown ? (
        <>
          <ul>
            {found.map(({ name }) => (
              <ServerItem key={name} name={name} />
            ))}
          </ul>
          {servers?.length === 0 && !isPending ? (
            <p className="px-2 py-1 text-sm text-text-muted">{t('mcp.none')}</p>
          ) : null}
          <div className="flex flex-wrap gap-1 px-2 py-1">
            <Button size="sm" data-testid="sidebar-add-mcp-server-button" onClick={() => setAdding(true)}>
              <Plus size={13} />
              {t('mcp.add')}
            </Button>
            <Button size="sm" look="ghost" onClick={() => void open('/settings/mcp-servers', '_blank', 'noopener')}>
              <Settings size={13} />
              {t('mcp.manage')}
            </Button>
          </div>
        </>
      ) : null}
      {isAdding ? (
        <Suspense fallback={null}>
          <McpServerDialog onClose={() => setAdding(false)} onSaved={() => setOpen(true)} />
        </Suspense>
      ) : null}
    </section>
  )
}

function ServerItem({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  async function removeServer(): Promise<void> {
    const outcome = await remove({
      title: t('mcp.deleteTitle', { name }),
      text: t('mcp.deleteText'),
      confirm: t('mcp.delete'),
      done: t('mcp.deleted'),
      failed: t('mcp.notDeleted'),
      perform: () => client.call(deleteMcpServer, { params: { server_name: name } }),
    })
    if (outcome !== 'declined') await mcpServersChanged()
  }
  return (
    <SidebarItem
      icon="Mcp"
      name={name}
      addLabel={t('mcp.use', { name })}
      dragged={{ type: DRAGGED_SERVER, data: () => name }}
      onAdd={(at) => void addMcpServer(workspace, name, at)}
      menu={[
        { label: t('mcp.delete'), danger: true, testId: 'delete-mcp-server', onSelect: () => void removeServer() },
      ]}
      testId={`mcp-server-${name}`}
    />
  )
}
