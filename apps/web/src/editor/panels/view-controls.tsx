import { Map as MapIcon, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { MAPPED_FROM } from '../canvas/minimap-size.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'

/** The small map and the inspector, in the corner they open at; where that is narrow above the other buttons. */
export function ViewControls(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui } = useWorkspace()
  const actions = useActions()
  const isMapped = useEditorState((state) => state.document.nodes.length >= MAPPED_FROM)
  const isMinimapOpen = useWorkspaceUi((state) => state.isMinimapOpen) ?? isMapped
  const isInspectorOpen = useWorkspaceUi(({ rightPanel }) => rightPanel === 'inspector')
  return (
    <div className="absolute right-3 bottom-3 z-10 flex items-center @max-sm:bottom-14 gap-0.5 rounded-md border border-border bg-surface p-0.5 shadow-1">
      <IconButton
        label={t('controls.minimap')}
        tooltipSide="top"
        aria-pressed={isMinimapOpen}
        onClick={() => ui.setState({ isMinimapOpen: !isMinimapOpen })}
      >
        <MapIcon size={15} />
      </IconButton>
      <IconButton
        label={t('actions.inspector')}
        keys={actions.keysOf('inspector')}
        tooltipSide="top"
        aria-pressed={isInspectorOpen}
        data-testid="toggle-inspector"
        onClick={() => void actions.perform('inspector')}
      >
        <PanelRight size={15} />
      </IconButton>
    </div>
  )
}
