import type { FlowRead } from '@runnel/protocol/flows'
import { Copy, Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { mayRun } from '../../projects/may.ts'
import { Button } from '../../ui/button.tsx'
import { useWorkspace } from '../editor-context.tsx'

/** Says why the flow of another cannot be changed, and offers a copy that can. */
export function RoleBar({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { duplicate } = useFlowActions()
  return (
    <div
      role="status"
      data-testid="role-bar"
      className="flex flex-wrap items-center justify-center gap-3 bg-info-soft px-4 py-1.5 text-info text-sm"
    >
      <Eye size={14} className="shrink-0" />
      <span>{t(mayRun(workspace) ? 'shared.runner' : 'shared.viewer', { owner: flow.owner_username })}</span>
      <Button size="sm" onClick={() => void duplicate(flow)} data-testid="copy-shared-flow">
        <Copy size={14} />
        {t('shared.copy')}
      </Button>
    </div>
  )
}
