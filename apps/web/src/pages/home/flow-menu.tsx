import { startBuild } from '@runnel/protocol/builds'
import { createFlow, deleteFlow, type FlowHeaderRead, updateFlow } from '@runnel/protocol/flows'
import { type Publication, publishFlow, unpublishFlow } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  CloudOff,
  CloudUpload,
  Code,
  Copy,
  Download,
  ExternalLink,
  FlaskConical,
  FolderInput,
  Pencil,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../../api/projects.ts'
import type { FlowActions } from '../../flows/flow-actions.ts'
import { mayCall, takesFrom } from '../../projects/may.ts'
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

/** What can be done with one flow of the list. What a role in the project of another does not allow is not offered. */
export function useFlowMenu({ flow, actions, publication, onEdit, onApi }: FlowMenuOptions): readonly MenuItem[] {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const { data: projects = [] } = useQuery(projectsQuery)
  const may = (endpoint: Parameters<typeof mayCall>[0]): boolean => mayCall(endpoint, flow.role)
  const places = projects.filter((project) => takesFrom(project, flow) && project.id !== flow.folder_id)
  const items: readonly (MenuItem | false | undefined)[] = [
    may(updateFlow) && {
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
      label: t(may(createFlow) ? 'menu.duplicate' : 'menu.copyToOwn'),
      icon: <Copy size={14} />,
      onSelect: () => void actions.duplicate(flow),
      testId: 'btn-duplicate-flow',
    },
    may(updateFlow) && {
      label: t('menu.move'),
      icon: <FolderInput size={14} />,
      disabled: places.length === 0,
      items: places.map((project) => ({
        label: project.name,
        onSelect: () => void actions.move([flow.id], project),
      })),
    },
    !flow.is_component &&
      may(publishFlow) && {
        label: t(publication ? 'menu.publishAgain' : 'menu.publish'),
        icon: <CloudUpload size={14} />,
        disabled: publication?.status === 'published',
        onSelect: () => void publish(flow),
        testId: 'btn-publish-flow',
      },
    publication &&
      may(unpublishFlow) && {
        label: t('menu.unpublish'),
        icon: <CloudOff size={14} />,
        onSelect: () => void unpublish(publication),
        testId: 'btn-unpublish-flow',
      },
    may(startBuild) && {
      label: t('menu.api'),
      icon: <Code size={14} />,
      onSelect: () => onApi(flow),
      testId: 'api-access-item',
    },
    !flow.is_component && {
      label: t('menu.tests'),
      icon: <FlaskConical size={14} />,
      onSelect: () => void navigate({ to: '/flow/$flowId/tests', params: { flowId: flow.id } }),
    },
    may(deleteFlow) && 'separator',
    may(deleteFlow) && {
      label: t('menu.delete'),
      icon: <Trash2 size={14} />,
      danger: true,
      onSelect: () => void actions.remove([flow]),
      testId: 'btn_delete_dropdown_menu',
    },
  ]
  return items.filter((item) => item !== false && item !== undefined)
}
