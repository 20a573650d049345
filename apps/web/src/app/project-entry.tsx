import { createFlow } from '@runnel/protocol/flows'
import { downloadProject } from '@runnel/protocol/project-files'
import { deleteProject, type ProjectRead, updateProject } from '@runnel/protocol/projects'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { Download, Ellipsis, Folder, Pencil, Settings, Trash2, Users } from 'lucide-react'
import { type DragEvent, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/session.ts'
import { useFlowActions } from '../flows/flow-actions.ts'
import { carriesFlows, droppedFlows } from '../flows/flow-drag.ts'
import { mayCall, ownerOf, roleIn } from '../projects/may.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { hasFiles } from '../ui/file-drop.tsx'
import { InlineName } from '../ui/inline-name.tsx'
import { lazily } from '../ui/lazily.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { useListState } from './list-state.ts'
import { ProjectSettings } from './project-settings.tsx'

const MembersDialog = lazily(async () => (await import('../projects/members-dialog.tsx')).MembersDialog)

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
  const [hasMembers, setMembers] = useState(false)
  const { data: session } = useQuery(sessionQuery)
  const role = roleIn(project)
  const mayChange = mayCall(updateProject, role)
  const actions = useFlowActions()
  // The list without the name of a project is that of the default one.
  const [{ in: asked }] = useListState({ in: '' })
  const isUnnamed =
    useRouterState({ select: ({ location }) => isDefault && location.pathname === '/flows' }) && asked !== 'all'
  const takes = (event: DragEvent): boolean =>
    mayCall(createFlow, role) && (carriesFlows(event, ownerOf(project)) || hasFiles(event))

  const items: readonly (MenuItem | false)[] = [
    mayChange && {
      label: t('projects.rename'),
      icon: <Pencil size={14} />,
      onSelect: () => setEdited(true),
      testId: 'btn-rename-project',
    },
    mayCall(downloadProject, role) && {
      label: t('projects.download'),
      icon: <Download size={14} />,
      onSelect: () => void onDownload(),
      testId: 'btn-download-project',
    },
    // Where nobody signs in there is nobody to share with.
    session?.isAutomatic === false && {
      label: t('projects.members'),
      icon: <Users size={14} />,
      onSelect: () => setMembers(true),
      testId: 'btn-project-members',
    },
    mayChange && {
      label: t('projects.settings'),
      icon: <Settings size={14} />,
      onSelect: () => setSettings(true),
      testId: 'btn-project-settings',
    },
    mayCall(deleteProject, role) && {
      label: isDefault ? t('projects.defaultStays') : t('projects.delete'),
      icon: <Trash2 size={14} />,
      danger: true,
      disabled: isDefault,
      onSelect: () => void onRemove(),
      testId: 'btn-delete-project',
    },
  ]

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
        if (carriesFlows(event, ownerOf(project))) void actions.move(droppedFlows(event), project)
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
        onDoubleClick={() => setEdited(mayChange)}
      >
        <Folder size={14} className="shrink-0" />
        <span className="truncate">{project.name}</span>
        {project.is_owner ? null : <SharedMark owner={project.owner_username} />}
      </Link>
      <Menu align="start" items={items.filter((item) => item !== false)}>
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
      {hasMembers ? (
        <Suspense fallback={null}>
          <MembersDialog project={project} onClose={() => setMembers(false)} />
        </Suspense>
      ) : null}
    </li>
  )
}

/** On a project that somebody else made. Gives way to the button of its menu. */
function SharedMark({ owner }: { readonly owner: string }): ReactNode {
  const { t } = useTranslation('common')
  const label = t('projects.sharedBy', { owner })
  return (
    <Tooltip label={label} side="right">
      <span
        role="img"
        aria-label={label}
        className="ml-auto shrink-0 group-hover:opacity-0 group-has-[[data-state=open],button:focus-visible]:opacity-0"
        data-testid="shared-mark"
      >
        <Users size={14} />
      </span>
    </Tooltip>
  )
}
