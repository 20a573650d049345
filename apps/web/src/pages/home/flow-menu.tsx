import type { FlowHeaderRead } from '@runnel/protocol/flows'
import type { Publication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { CloudOff, CloudUpload, Code, Copy, Download, ExternalLink, FolderInput, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../../api/projects.ts'
import type { FlowActions } from '../../flows/flow-actions.ts'
import { publish } from '../../publications/publish.ts'
import { unpublish } from '../../publications/unpublish.ts'
import type { MenuItem } from '../../ui/menu.tsx'

export interface FlowMenuOptions {
  readonly flow: FlowHeaderRead
  readonly actions: FlowActions
  readonly publication: Publication | undefined
  readonly onEdit: (flow: FlowHeaderRead) => void
  readonly onApi: (flow: FlowHeaderRead) => void
}

/** What can be done with one flow of the list. */
export function useFlowMenu({ flow, actions, publication, onEdit, onApi }: FlowMenuOptions): readonly MenuItem[] {
  const { t } = useTranslation('home')
  const { data: projects = [] } = useQuery(projectsQuery)
  return [
    {
      label: t('menu.edit'),
      icon: <Pencil size={14} />,
      onSelect: () => onEdit(flow),
      testId: 'btn-edit-flow',
    },
    {
      label: t('menu.open'),
      icon: <ExternalLink size={14} />,
      onSelect: () => void window.open(`/flow/${flow.id}`, '_blank', 'noopener'),
    },
    {
      label: t('menu.export'),
      icon: <Download size={14} />,
      onSelect: () => void actions.download([flow]),
      testId: 'btn-download-json',
    },
    {
      label: t('menu.duplicate'),
      icon: <Copy size={14} />,
      onSelect: () => void actions.duplicate(flow),
      testId: 'btn-duplicate-flow',
    },
    {
      label: t('menu.move'),
      icon: <FolderInput size={14} />,
      disabled: projects.length < 2,
      items: projects
        .filter(({ id }) => id !== flow.folder_id)
        .map((project) => ({ label: project.name, onSelect: () => void actions.move([flow.id], project) })),
    },
    ...(flow.is_component
      ? []
      : [
          {
            label: t(publication ? 'menu.publishAgain' : 'menu.publish'),
            icon: <CloudUpload size={14} />,
            disabled: publication?.status === 'published',
            onSelect: () => void publish(flow),
            testId: 'btn-publish-flow',
          },
        ]),
    ...(publication
      ? [
          {
            label: t('menu.unpublish'),
            icon: <CloudOff size={14} />,
            onSelect: () => void unpublish(publication),
            testId: 'btn-unpublish-flow',
          },
        ]
      : []),
    { label: t('menu.api'), icon: <Code size={14} />, onSelect: () => onApi(flow), testId: 'api-access-item' },
    'separator',
    {
      label: t('menu.delete'),
      icon: <Trash2 size={14} />,
      danger: true,
      onSelect: () => void actions.remove([flow]),
      testId: 'btn_delete_dropdown_menu',
    },
  ]
}
