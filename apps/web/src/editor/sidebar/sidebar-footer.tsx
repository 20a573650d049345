import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Code, Compass } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { Button } from '../../ui/button.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useCatalogue, useEditorState, useWorkspace } from '../editor-context.tsx'
import { addComponent } from './add-component.ts'

/**
 * Begins a component of the user's own, and opens its source, where the server runs such components; leads to flows that
 * show what can be built.
 */
export function SidebarFooter(): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { context } = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const { data: config } = useQuery(configQuery)
  const entry = useCatalogue().find('CustomComponent')
  const canWrite = entry !== undefined && config?.allow_custom_components === true
  const begin = (): void => {
    const { x, y } = context.view.middle()
    const nodeId = entry && addComponent(workspace, entry, { x: x - 160, y: y - 120 })
    if (nodeId !== undefined) {
      workspace.ui.setState({ unwritten: nodeId, nodePanel: { nodeId, panel: 'code' } })
    }
  }
  return (
    <footer className="flex flex-col gap-1 border-border border-t p-2">
      {canWrite ? (
        <Button
          className="w-full"
          disabled={isLocked}
          data-sidebar-stop=""
          data-testid="sidebar-custom-component-button"
          onClick={begin}
        >
          <Code size={14} />
          <span className="truncate">{t('sidebar.custom')}</span>
        </Button>
      ) : null}
      <Link
        to="/templates"
        data-sidebar-stop=""
        className="flex h-7 items-center justify-center gap-1.5 rounded-md text-text-muted text-xs hover:bg-surface-hover hover:text-text"
      >
        <Compass size={13} aria-hidden="true" />
        <span className="truncate">{t('sidebar.discover')}</span>
      </Link>
    </footer>
  )
}
