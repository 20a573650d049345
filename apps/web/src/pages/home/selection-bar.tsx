import { deleteFlow, type FlowHeaderRead, updateFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { Download, FolderInput, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../../api/projects.ts'
import type { FlowActions } from '../../flows/flow-actions.ts'
import { mayCall, takesFrom } from '../../projects/may.ts'
import { BulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { Selection } from '../../ui/selection.ts'

export interface SelectionBarProps {
  readonly flows: readonly FlowHeaderRead[]
  readonly selection: Selection
  readonly actions: FlowActions
}

/** What can be done with all selected flows at once. */
export function SelectionBar({ flows, selection, actions }: SelectionBarProps): ReactNode {
  const { t } = useTranslation('home')
  const { data: projects = [] } = useQuery(projectsQuery)
  const [first] = flows
  // What belongs to several people has no project in common.
  const places =
    first && flows.every((flow) => flow.owner_username === first.owner_username && mayCall(updateFlow, flow.role))
      ? projects.filter((project) => takesFrom(project, first))
      : []
  return (
    <BulkBar count={flows.length} label={t('bulk')} onClear={selection.clear}>
      <Button data-testid="download-bulk-btn" onClick={() => void actions.download(flows)}>
        <Download size={14} />
        {t('menu.export')}
      </Button>
      <Menu
        side="top"
        items={places.map((project) => ({
          label: project.name,
          onSelect: () => void actions.move([...selection.ids], project).then(selection.clear),
        }))}
      >
        <Button disabled={places.length < 2}>
          <FolderInput size={14} />
          {t('menu.move')}
        </Button>
      </Menu>
      <Button
        look="danger"
        disabled={!flows.every(({ role }) => mayCall(deleteFlow, role))}
        data-testid="delete-bulk-btn"
        onClick={() => void actions.remove(flows).then((yes) => yes && selection.clear())}
      >
        <Trash2 size={14} />
        {t('menu.delete')}
      </Button>
    </BulkBar>
  )
}
