import type { FlowRead } from '@runnel/protocol/flows'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isStored } from '../../flows/new-flow.ts'
import { lazily } from '../../ui/lazily.ts'
import { ChoiceTabs } from '../../ui/tabs.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { Autosave } from '../saving/autosave.ts'

const CommandPalette = lazy(() => import('./command-palette.tsx').then((m) => ({ default: m.CommandPalette })))
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx').then((m) => ({ default: m.ShortcutsDialog })))
const Outline = lazy(() => import('./outline.tsx').then((m) => ({ default: m.Outline })))
/** In place of a canvas that has no room. */
export const OutlineView = lazily(async () => (await import('./outline.tsx')).OutlineView)
const ExportDialog = lazy(() => import('./export-dialog.tsx').then((m) => ({ default: m.ExportDialog })))
const QuickAdd = lazy(() => import('../canvas/quick-add.tsx').then((m) => ({ default: m.QuickAdd })))
/** Above the canvas, while a past run is shown on it. */
export const ReplayBar = lazily(async () => (await import('../replay/replay-bar.tsx')).ReplayBar)
/** Above a flow of somebody else's that one may not change. */
export const RoleBar = lazily(async () => (await import('./role-bar.tsx')).RoleBar)
const FindBar = lazily(async () => (await import('./find-bar.tsx')).FindBar)
const SelectionBar = lazily(async () => (await import('./selection-bar.tsx')).SelectionBar)
const PlacingGhost = lazily(async () => (await import('../canvas/placing-ghost.tsx')).PlacingGhost)
const CanvasMenu = lazily(async () => (await import('../canvas/canvas-menu.tsx')).CanvasMenu)
const FetchFlow = lazily(async () => (await import('./fetch-flow.tsx')).FetchFlow)
const Inspector = lazily(async () => (await import('../inspector/inspector.tsx')).Inspector)
const VersionsPanel = lazily(async () => (await import('../versions/versions-panel.tsx')).VersionsPanel)
const ModelSetupDialog = lazily(async () => (await import('../model-setup/model-setup-dialog.tsx')).ModelSetupDialog)
const UpdatesDialog = lazily(async () => (await import('../updates/updates-dialog.tsx')).UpdatesDialog)
const ApiPanel = lazily(async () => (await import('./api-panel.tsx')).ApiPanel)
const PublishDialog = lazily(async () => (await import('../../publications/publish-dialog.tsx')).PublishDialog)
const PlaygroundPanel = lazily(async () => (await import('../../playground/playground-panel.tsx')).PlaygroundPanel)

/** What comes over the canvas while something is sought, or several nodes are selected. */
export function CanvasBars(): ReactNode {
  const isFindOpen = useWorkspaceUi((state) => state.isFindOpen)
  const isPlacing = useWorkspaceUi((state) => state.isPlacing)
  const isManySelected = useEditorState(({ selection, isLocked }) => selection.nodes.size > 1 && !isLocked)
  return (
    <Suspense fallback={null}>
      {isManySelected ? <SelectionBar /> : null}
      {isFindOpen ? <FindBar /> : null}
      {isPlacing ? <PlacingGhost /> : null}
    </Suspense>
  )
}

/** What stands beside the canvas: the inspector and the playground are tabs of one place. */
export function RightPanel({ autosave }: { readonly autosave: Autosave }): ReactNode {
  const panel = useWorkspaceUi((state) => state.rightPanel)
  // What is talked to is what is kept.
  useEffect(() => {
    if (panel === 'playground') autosave.hurry()
  }, [panel, autosave])
  if (panel === undefined) return null
  return (
    <Suspense fallback={null}>
      <div className="flex min-h-0 shrink-0 flex-col">
        {panel === 'versions' ? null : <PanelTabs panel={panel} />}
        <div className="flex min-h-0 flex-1">
          {panel === 'inspector' ? <Inspector /> : null}
          {panel === 'versions' ? <VersionsPanel autosave={autosave} /> : null}
          {panel === 'playground' ? <PlaygroundPanel /> : null}
        </div>
      </div>
    </Suspense>
  )
}

const PANELS = ['inspector', 'playground'] as const

function PanelTabs({ panel }: { readonly panel: (typeof PANELS)[number] }): ReactNode {
  const { t } = useTranslation('editor')
  const { ui } = useWorkspace()
  return (
    <ChoiceTabs
      label={t('panelTabs')}
      value={panel}
      tabs={PANELS.map((value) => ({ value, label: t(`actions.${value}`), testId: `panel-tab-${value}` }))}
      onChange={(rightPanel) => ui.setState({ rightPanel })}
      className="border-l bg-surface px-2"
    />
  )
}

export interface WorkspaceDialogsProps {
  readonly flow: FlowRead
  readonly autosave: Autosave
}

/** The dialogs of the workspace; each is loaded when it is first opened. */
export function WorkspaceDialogs({ flow, autosave }: WorkspaceDialogsProps): ReactNode {
  const dialog = useWorkspaceUi((state) => state.dialog)
  const isAdding = useWorkspaceUi((state) => state.quickAdd !== undefined)
  const menu = useWorkspaceUi((state) => state.menu)
  const fetched = useWorkspaceUi((state) => state.fetched)
  return (
    <>
      {dialog === 'palette' ? <CommandPalette /> : null}
      {dialog === 'shortcuts' ? <ShortcutsDialog /> : null}
      {dialog === 'outline' ? <Outline /> : null}
      {dialog === 'export' ? <ExportDialog flow={flow} /> : null}
      {(dialog === 'api' || dialog === 'embed') && isStored(flow) ? (
        <Suspense fallback={null}>
          <ApiPanel flowId={flow.id} {...(dialog === 'embed' && { first: dialog })} />
        </Suspense>
      ) : null}
      {menu ? <CanvasMenu menu={menu} /> : null}
      {fetched ? <FetchFlow fetched={fetched} /> : null}
      {dialog === 'publish' ? <PublishDialog flow={flow} autosave={autosave} /> : null}
      {dialog === 'model-setup' ? <ModelSetupDialog /> : null}
      {dialog === 'updates' ? <UpdatesDialog flow={flow} /> : null}
      {isAdding ? <QuickAdd /> : null}
    </>
  )
}
