import { useQuery } from '@tanstack/react-query'
import { Code } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { Button } from '../../ui/button.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { addComponent } from './add-component.ts'

/** Begins a component of the user's own, and opens its source; where the server runs such components (W-16). */
export function SidebarFooter(): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { context } = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const { data: config } = useQuery(configQuery)
  const entry = workspace.catalogue.find('CustomComponent')
  if (!entry || config?.allow_custom_components !== true) return null
  const begin = (): void => {
    const { x, y } = context.view.pointer()
    const nodeId = addComponent(workspace, entry, { x: x - 160, y: y - 120 })
    if (nodeId !== undefined) workspace.ui.setState({ nodePanel: { nodeId, panel: 'code' } })
  }
  return (
    <footer className="border-border border-t p-2">
      <Button
        className="w-full"
        disabled={isLocked}
        data-sidebar-stop=""
        data-testid="sidebar-custom-component-button"
        onClick={begin}
      >
        <Code size={14} />
        {t('sidebar.custom')}
      </Button>
    </footer>
  )
}
