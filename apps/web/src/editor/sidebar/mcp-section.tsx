import { useQuery } from '@tanstack/react-query'
import { ChevronRight, Plus, Server, Settings } from 'lucide-react'
import { type DragEvent, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mcpServersQuery } from '../../api/mcp-servers.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { lazily } from '../../ui/lazily.ts'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { addMcpServer, DRAGGED_SERVER } from './add-mcp-server.ts'

const McpServerDialog = lazily(async () => (await import('../../mcp-servers/mcp-server-dialog.tsx')).McpServerDialog)

/** The user's MCP servers, to be dragged onto the canvas (W-19). @param search only those that contain it */
export function McpSection({ search }: { readonly search: string }): ReactNode {
  const { t } = useTranslation('workspace')
  const [isOpen, setOpen] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const wanted = search.trim().toLowerCase()
  const isShown = isOpen || wanted !== ''
  const { data: servers, isPending } = useQuery({ ...mcpServersQuery, enabled: isShown })
  const found = (servers ?? []).filter(({ name }) => name.toLowerCase().includes(wanted))
  if (wanted !== '' && found.length === 0) return null
  return (
    <section>
      <button
        type="button"
        aria-expanded={isShown}
        data-sidebar-stop=""
        data-testid="sidebar-nav-mcp"
        onClick={() => setOpen(!isOpen)}
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-surface-hover"
      >
        <Server size={15} className="text-text-muted" />
        <span className="flex-1 truncate text-left">{t('mcp.title')}</span>
        <ChevronRight
          size={14}
          className={classNames('text-text-faint transition-transform', isShown && 'rotate-90')}
        />
      </button>
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
  const { context } = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const add = (): void => {
    const { x, y } = context.view.pointer()
    addMcpServer(workspace, name, { x: x - 160, y: y - 120 })
  }
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED_SERVER, name)
    event.dataTransfer.effectAllowed = 'move'
  }
  return (
    <li className="group/item relative">
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in every browser */}
      <div
        role="button"
        tabIndex={0}
        data-sidebar-stop=""
        draggable={!isLocked}
        onDragStart={onDragStart}
        onDoubleClick={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          add()
        }}
        aria-label={t('mcp.use', { name })}
        data-testid={`mcp-server-${name}`}
        className="flex h-8 cursor-grab select-none items-center gap-2 rounded-md pr-8 pl-2 text-sm hover:bg-surface-hover"
      >
        <ComponentIcon name="Mcp" size={15} />
        <span className="min-w-0 flex-1 truncate">{name}</span>
      </div>
      <IconButton
        label={t('mcp.use', { name })}
        size="sm"
        className="absolute! top-1 right-1 opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100"
        disabled={isLocked}
        onClick={add}
      >
        <Plus size={14} />
      </IconButton>
    </li>
  )
}
