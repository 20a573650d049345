import { useNavigate, useSearch } from '@tanstack/react-router'
import {
  Blocks,
  FlaskConical,
  History,
  type LucideIcon,
  Package,
  ScrollText,
  Search,
  Server,
  StickyNote,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { SidebarPart } from '../workspace-ui.ts'

const PARTS: readonly (readonly [SidebarPart, LucideIcon])[] = [
  ['components', Blocks],
  ['mcp', Server],
  ['bundles', Package],
]

/** How wide it is, in pixels. */
export const STRIP_WIDTH = 40

/** The ways into the parts of the workspace, at its left edge. The part that is open closes when chosen again. */
export function WorkspaceStrip(): ReactNode {
  const { t } = useTranslation('workspace')
  const { t: say } = useTranslation('editor')
  const { ui, flowId } = useWorkspace()
  const actions = useActions()
  const navigate = useNavigate()
  // Of a flow that is stored nowhere yet there is nothing to test.
  const isNew = useSearch({ strict: false, select: ({ new: project }) => project !== undefined })
  const isLocked = useEditorState((state) => state.isLocked)
  const isOpen = useWorkspaceUi((state) => state.isSidebarOpen)
  const part = useWorkspaceUi((state) => state.sidebarPart)
  const isShowingVersions = useWorkspaceUi(({ rightPanel }) => rightPanel === 'versions')
  const choose = (chosen: SidebarPart): void =>
    ui.setState(isOpen && part === chosen ? { isSidebarOpen: false } : { isSidebarOpen: true, sidebarPart: chosen })
  return (
    <nav
      aria-label={t('strip.label')}
      style={{ width: STRIP_WIDTH }}
      className="flex shrink-0 flex-col items-center gap-1 border-border border-r bg-surface py-2"
    >
      <IconButton
        label={say('actions.search-components')}
        keys={actions.keysOf('search-components')}
        tooltipSide="right"
        aria-pressed={isOpen && part === undefined}
        data-testid="sidebar-nav-search"
        onClick={() => {
          ui.setState({ sidebarPart: undefined })
          actions.perform('search-components')
        }}
      >
        <Search size={16} />
      </IconButton>
      {PARTS.map(([id, Icon]) => (
        <IconButton
          key={id}
          label={t(`strip.${id}`)}
          tooltipSide="right"
          aria-pressed={isOpen && part === id}
          data-testid={`sidebar-nav-${id}`}
          onClick={() => choose(id)}
        >
          <Icon size={16} />
        </IconButton>
      ))}
      <IconButton
        label={say('actions.note')}
        keys={actions.keysOf('note')}
        tooltipSide="right"
        disabled={isLocked}
        data-testid="sidebar-nav-add_note"
        onClick={({ detail }) => {
          // By the keyboard there is no pointer to follow.
          if (detail === 0) actions.perform('note')
          else ui.setState({ isPlacing: true })
        }}
      >
        <StickyNote size={16} />
      </IconButton>
      <IconButton
        label={say('actions.versions')}
        tooltipSide="right"
        aria-pressed={isShowingVersions}
        data-testid="sidebar-nav-versions"
        onClick={() => void actions.perform('versions')}
      >
        <History size={16} />
      </IconButton>
      <IconButton
        label={t('strip.runs')}
        tooltipSide="right"
        data-testid="sidebar-nav-runs"
        onClick={() => void navigate({ to: '/flow/$flowId/runs', params: { flowId } })}
      >
        <ScrollText size={16} />
      </IconButton>
      <IconButton
        label={t('strip.tests')}
        tooltipSide="right"
        disabled={isNew}
        data-testid="sidebar-nav-tests"
        onClick={() => void navigate({ to: '/flow/$flowId/tests', params: { flowId } })}
      >
        <FlaskConical size={16} />
      </IconButton>
    </nav>
  )
}
