import type { ProjectRead } from '@runnel/protocol/projects'
import { Link, useRouterState } from '@tanstack/react-router'
import { Download, Ellipsis, Folder, Pencil, Settings, Trash2 } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFlowActions } from '../flows/flow-actions.ts'
import { carriesFlows, droppedFlows } from '../flows/flow-drag.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { hasFiles } from '../ui/file-drop.tsx'
import { InlineName } from '../ui/inline-name.tsx'
import { Menu } from '../ui/menu.tsx'
import { ProjectSettings } from './project-settings.tsx'

export interface ProjectEntryProps {
  readonly project: ProjectRead
  readonly isDefault: boolean
  readonly onRename: (name: string) => Promise<void>
  readonly onDownload: () => Promise<void>
  readonly onRemove: () => Promise<void>
}

/** One project of the rail. Takes flows that are dropped on it, and files of flows. */
export function ProjectEntry({ project, isDefault, onRename, onDownload, onRemove }: ProjectEntryProps): ReactNode {
  const { t } = useTranslation('common')
  const [isEdited, setEdited] = useState(false)
  const [isOver, setOver] = useState(false)
  const [hasSettings, setSettings] = useState(false)
  const actions = useFlowActions()
  // The list without the name of a project is that of the default one.
  const isUnnamed = useRouterState({ select: ({ location }) => isDefault && location.pathname === '/flows' })
  const takes = (event: DragEvent): boolean => carriesFlows(event) || hasFiles(event)

  if (isEdited) {
    return (
      <li>
        <InlineName
          name={project.name}
          label={t('projects.name')}
          testId="input-project"
          onDone={(name) => {
            setEdited(false)
            if (name !== undefined && name !== project.name) void onRename(name)
          }}
        />
      </li>
    )
  }
  return (
    <li
      className={classNames(
        'group relative flex items-center rounded-md hover:bg-surface-hover',
        isOver && 'bg-accent-soft outline-2 outline-accent',
      )}
      onDragOver={(event) => {
        if (!takes(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (!takes(event)) return
        event.preventDefault()
        if (carriesFlows(event)) void actions.move(droppedFlows(event), project)
        else void actions.importFiles([...event.dataTransfer.files], project.id)
      }}
    >
      <Link
        to="/projects/$projectId"
        params={{ projectId: project.id }}
        data-testid={`sidebar-nav-${project.name}`}
        className={classNames(
          'flex h-8 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 text-sm',
          isUnnamed ? 'bg-surface-hover font-medium text-text' : 'text-text-muted',
        )}
        activeProps={{ className: 'bg-surface-hover font-medium text-text!', 'aria-current': 'page' }}
        onDoubleClick={() => setEdited(true)}
      >
        <Folder size={14} className="shrink-0" />
        <span className="truncate">{project.name}</span>
      </Link>
      <Menu
        align="start"
        items={[
          {
            label: t('projects.rename'),
            icon: <Pencil size={14} />,
            onSelect: () => setEdited(true),
            testId: 'btn-rename-project',
          },
          {
            label: t('projects.download'),
            icon: <Download size={14} />,
            onSelect: () => void onDownload(),
            testId: 'btn-download-project',
          },
          {
            label: t('projects.settings'),
            icon: <Settings size={14} />,
            onSelect: () => setSettings(true),
            testId: 'btn-project-settings',
          },
          {
            label: isDefault ? t('projects.defaultStays') : t('projects.delete'),
            icon: <Trash2 size={14} />,
            danger: true,
            disabled: isDefault,
            onSelect: () => void onRemove(),
            testId: 'btn-delete-project',
          },
        ]}
      >
        <IconButton
          label={t('projects.actions', { name: project.name })}
          size="sm"
          data-testid={`more-options-button_${project.name.toLowerCase().replaceAll(' ', '-')}`}
          className="absolute right-1 bg-surface-hover opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100"
        >
          <Ellipsis size={14} />
        </IconButton>
      </Menu>
      {hasSettings ? <ProjectSettings project={project} onClose={() => setSettings(false)} /> : null}
    </li>
  )
}
