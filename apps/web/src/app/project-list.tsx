import { downloadProject, uploadProject } from '@runnel/protocol/project-files'
import { createProject, deleteProject, type ProjectRead, updateProject } from '@runnel/protocol/projects'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FolderPlus, Layers, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowHeadersQuery, flowsChanged } from '../api/flows.ts'
import { projectsChanged, projectsQuery } from '../api/projects.ts'
import { configQuery } from '../api/server-info.ts'
import { IconButton } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { chooseFiles, saveFile } from '../ui/file-drop.tsx'
import { notify, notifyError } from '../ui/notifications.tsx'
import { FailedPart } from '../ui/status.tsx'
import { ProjectEntry } from './project-entry.tsx'

/** The user's projects in the rail: open, add, import, rename, download, delete. */
export function ProjectList(): ReactNode {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const query = useQuery(projectsQuery)
  const { data: projects = [] } = query
  const { data: config } = useQuery(configQuery)

  async function attempt(perform: () => Promise<void>): Promise<void> {
    try {
      await perform()
    } catch (error) {
      notifyError(t('projects.failed'), error)
    } finally {
      await Promise.all([projectsChanged(), flowsChanged()])
    }
  }
  const open = (projectId: string): Promise<void> => navigate({ to: '/projects/$projectId', params: { projectId } })

  const add = (): Promise<void> =>
    attempt(async () => {
      const { id } = await client.call(createProject, { body: { name: t('projects.addName') } })
      await projectsChanged()
      await open(id)
    })

  const upload = (files: readonly File[]): Promise<void> =>
    attempt(async () => {
      for (const file of files) {
        const form = new FormData()
        form.append('file', file)
        const [flow] = await client.call(uploadProject, { form })
        await projectsChanged()
        if (flow?.folder_id) await open(flow.folder_id)
      }
    })

  const rename = (project: ProjectRead, name: string): Promise<void> =>
    attempt(async () => {
      await client.call(updateProject, { params: { project_id: project.id }, body: { name } })
    })

  const download = ({ id, name }: ProjectRead): Promise<void> =>
    attempt(async () => {
      const response = await client.request(downloadProject, { params: { project_id: id } })
      if (!response.ok) throw new Error(`The server answered ${response.status}`)
      saveFile(await response.blob(), `${name}.zip`)
    })

  const remove = ({ id, name }: ProjectRead): Promise<void> =>
    attempt(async () => {
      const { length: count } = await queryClient.fetchQuery(flowHeadersQuery(id))
      const yes = await confirm({
        title: t('projects.deleteTitle', { name }),
        text: t('projects.deleteText', { count }),
        confirm: t('projects.deleteConfirm'),
        danger: true,
        typed: count > 0 ? name : undefined,
      })
      if (!yes) return
      await client.call(deleteProject, { params: { project_id: id } })
      notify('success', t('projects.deleted'))
      if (location.pathname.endsWith(id)) await navigate({ to: '/flows' })
    })

  return (
    <section aria-label={t('projects.list')} className="mt-3 flex flex-col gap-0.5 border-border border-t pt-3">
      <div className="flex items-center justify-between pr-0.5 pl-2.5">
        <h2 className="font-medium text-text-muted text-xs">{t('projects.list')}</h2>
        {config?.hide_new_project_button ? null : (
          <div className="flex">
            <IconButton
              label={t('projects.upload')}
              size="sm"
              data-testid="upload-project-button"
              onClick={() => chooseFiles('.json,.zip', (files) => void upload(files))}
            >
              <Upload size={14} />
            </IconButton>
            <IconButton label={t('projects.add')} size="sm" data-testid="add-project-button" onClick={() => void add()}>
              <FolderPlus size={14} />
            </IconButton>
          </div>
        )}
      </div>
      <FailedPart title={t('projects.unread')} query={query} className="mx-1" />
      <ul className="flex flex-col gap-0.5">
        {projects.every(({ is_owner: isOwn }) => isOwn) ? null : (
          <li className="flex rounded-md hover:bg-surface-hover">
            <Link
              to="/flows"
              search={{ in: 'all' }}
              className="flex h-8 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 text-sm text-text-muted"
              activeOptions={{ includeSearch: true }}
              activeProps={{ className: 'bg-surface-hover font-medium text-text!', 'aria-current': 'page' }}
              data-testid="all-projects"
            >
              <Layers size={14} className="shrink-0" />
              <span className="truncate">{t('projects.all')}</span>
            </Link>
          </li>
        )}
        {projects.map((project, index) => (
          <ProjectEntry
            key={project.id}
            project={project}
            // The server lists the default project first and keeps it.
            isDefault={index === 0}
            onRename={(name) => rename(project, name)}
            onDownload={() => download(project)}
            onRemove={() => remove(project)}
          />
        ))}
      </ul>
    </section>
  )
}
