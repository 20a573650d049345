import { useQuery } from '@tanstack/react-query'
import { Pencil, Wrench } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredToolsQuery, openToolsQuery, projectToolsQuery } from '../api/project-tools.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorState, Skeleton } from '../ui/status.tsx'
import { AccessLine } from './access-line.tsx'
import { ConnectClient } from './connect-client.tsx'
import { ToolsDialog } from './tools-dialog.tsx'
import { TryTool } from './try-tool.tsx'

export interface ProjectToolsViewProps {
  readonly project: { readonly id: string; readonly name: string }
}

/** The flows of a project as tools of an MCP server: which they are, how clients reach them, and a try. */
export function ProjectToolsView({ project }: ProjectToolsViewProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const { data: flows, error, refetch } = useQuery(projectToolsQuery(project.id))
  const { data: tools = [], error: refused, isPending } = useQuery(offeredToolsQuery(project.id))
  const { data: isOpen } = useQuery(openToolsQuery(project.id))
  const [isEditing, setEditing] = useState(false)
  const settings = flows?.auth_settings
  const problem = error ?? refused
  const edit = (
    <Button onClick={() => setEditing(true)} disabled={!flows} data-testid="edit-tools">
      <Pencil size={14} />
      {t('edit')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-6 pb-8">
      <header>
        <h2 className="font-semibold text-lg" data-testid="mcp-server-title">
          {t('title')}
        </h2>
        <p className="max-w-3xl text-sm text-text-muted">
          {t('text')}{' '}
          <a href="https://modelcontextprotocol.io" target="_blank" rel="noreferrer" className="text-accent underline">
            {t('docs')}
          </a>
        </p>
      </header>
      {problem ? <ErrorState error={problem} onRetry={() => void refetch()} /> : null}
      <section aria-label={t('tools', { count: tools.length })} className="flex flex-col gap-3">
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-medium">{t('tools', { count: tools.length })}</h3>
          {edit}
        </div>
        {isPending ? <Skeleton className="h-8" /> : null}
        {tools.length === 0 && !isPending && !problem ? (
          <EmptyState icon={<Wrench size={32} />} title={t('none')} hint={t('noneHint')} />
        ) : null}
        <ul className="flex flex-wrap gap-2 empty:hidden">
          {tools.map(({ name, description }) => (
            <li
              key={name}
              title={description}
              className="inline-flex h-7 items-center gap-1.5 rounded-md border border-border bg-surface px-2 font-mono text-xs"
              data-testid="project-tool"
            >
              <Wrench size={12} className="text-text-muted" />
              {name}
            </li>
          ))}
        </ul>
      </section>
      {flows ? <AccessLine projectId={project.id} settings={settings ?? null} isOpen={isOpen} /> : null}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <ConnectClient
          project={project}
          needsKey={isOpen === false && settings?.auth_type !== 'oauth'}
          origin={(settings?.auth_type === 'oauth' && settings.oauth_server_url) || location.origin}
        />
        <TryTool projectId={project.id} tools={tools} />
      </div>
      {isEditing && flows ? (
        <ToolsDialog projectId={project.id} flows={flows.tools} onClose={() => setEditing(false)} />
      ) : null}
    </div>
  )
}
