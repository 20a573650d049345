import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { PanelLeft, Play, Redo2, Square, Undo2 } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { catalogueQuery } from '../api/catalogue.ts'
import { client } from '../api/client.ts'
import { configQuery } from '../api/server-info.ts'
import { Header } from '../app/header.tsx'
import { FlowSwatch } from '../flows/flow-swatch.tsx'
import { isStored } from '../flows/new-flow.ts'
import { useComponentText } from '../i18n/component-text.ts'
import { PlaygroundButton } from '../playground/playground-button.tsx'
import { ShareMenu } from '../playground/share/share-menu.tsx'
import { mayEdit, mayRun } from '../projects/may.ts'
import { PublishButton } from '../publications/publish-button.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { notifyError } from '../ui/notifications.tsx'
import { clockTime } from '../ui/time.tsx'
import { useMedia, WITHOUT_CANVAS } from '../ui/use-media.ts'
import { ActionsProvider, useActions } from './actions/use-actions.tsx'
import { CanvasApprovals } from './approvals/approvals.tsx'
import { Announcer } from './canvas/announcer.tsx'
import { Canvas } from './canvas/canvas.tsx'
import { type CanvasNode, canvasEdge, canvasNodes } from './canvas/canvas-nodes.ts'
import { dropOnCanvas } from './canvas/drop.ts'
import { viewOfAll } from './canvas/first-view.ts'
import type { Size } from './canvas/node-sizes.ts'
import { storedView } from './canvas/stored-views.ts'
import { isLarge } from './canvas/use-drawn-nodes.ts'
import { Dock } from './dock/dock.tsx'
import { useEditorState, useRunState, useWorkspace, useWorkspaceUi, type Workspace } from './editor-context.tsx'
import { FlowName } from './flow-header/flow-name.tsx'
import { ProjectLink } from './flow-header/project-link.tsx'
import { RunPill } from './flow-header/run-pill.tsx'
import { shownFlow } from './model/frames.ts'
import { NodePanels } from './node-toolbar/node-panels.tsx'
import { CanvasControls } from './panels/canvas-controls.tsx'
import { CanvasNotices } from './panels/canvas-notices.tsx'
import { CanvasBars, OutlineView, ReplayBar, RightPanel, RoleBar, WorkspaceDialogs } from './panels/lazy-panels.tsx'
import { LostEdgesNotice } from './panels/lost-edges-notice.tsx'
import { RunBar } from './panels/run-bar.tsx'
import { RunSettingsButton } from './panels/run-settings.tsx'
import { useSnapEntries } from './panels/snap-entries.ts'
import { ViewControls } from './panels/view-controls.tsx'
import { useRemembered } from './remembered.ts'
import type { Autosave } from './saving/autosave.ts'
import { LeaveGuard } from './saving/leave-guard.tsx'
import { Settled, Settling } from './settling.tsx'
import { ComponentSidebar } from './sidebar/component-sidebar.tsx'
import { STRIP_WIDTH, WorkspaceStrip } from './sidebar/workspace-strip.tsx'
import { UpdatesBar } from './updates/updates-bar.tsx'

export interface WorkspaceViewProps {
  readonly flow: FlowRead
  readonly autosave: Autosave
  /** Stands on the canvas for as long as it is empty. */
  readonly beginning?: ReactNode
}

/** Header, sidebar, canvas and panels: an open flow. */
export function WorkspaceView(props: WorkspaceViewProps): ReactNode {
  useComponentText()
  const canvas = useRef<HTMLElement>(null)
  const { run } = useSearch({ from: '/signed-in/flow/$flowId' })
  const workspace = useWorkspace()
  const [first] = useState(() => firstElements(workspace))
  const hasCanvas = !useMedia(WITHOUT_CANVAS)
  return (
    <ReactFlowProvider initialNodes={first.nodes} initialEdges={first.edges}>
      <ActionsProvider autosave={props.autosave} canvas={canvas}>
        <Settling>
          <WorkspaceHeader {...props} />
          {mayEdit(workspace) ? null : (
            <Suspense fallback={null}>
              <RoleBar flow={props.flow} />
            </Suspense>
          )}
          <div className="flex min-h-0 flex-1">
            {hasCanvas ? (
              <>
                <Settled
                  instead={
                    <div style={{ width: STRIP_WIDTH }} className="shrink-0 border-border border-r bg-surface" />
                  }
                >
                  <WorkspaceStrip />
                </Settled>
                <LeftPanel />
              </>
            ) : null}
            <div className="flex min-w-0 flex-1 flex-col">
              {run === undefined ? null : (
                <Suspense fallback={null}>
                  <ReplayBar key={run} runId={run} flow={props.flow} />
                </Suspense>
              )}
              <main ref={canvas} className="@container relative min-h-0 flex-1">
                {hasCanvas ? <CanvasArea {...props} firstNodes={first.nodes} /> : <WithoutCanvas {...props} />}
              </main>
              <Settled instead={<DockPlace />}>
                <Dock />
              </Settled>
            </div>
            <RightPanel autosave={props.autosave} />
          </div>
          <Suspense fallback={null}>
            <WorkspaceDialogs {...props} />
          </Suspense>
          <NodePanels />
          <Announcer />
          <LostEdgesNotice />
          <LeaveGuard autosave={props.autosave} />
          <Settled>
            <Components />
          </Settled>
        </Settling>
      </ActionsProvider>
    </ReactFlowProvider>
  )
}

/** Brings the catalogue, which is large, and which no node needs to be drawn. */
function Components(): ReactNode {
  const { catalogue } = useWorkspace()
  const { data } = useQuery({ ...catalogueQuery, throwOnError: true })
  useEffect(() => {
    if (data) catalogue.fill(data)
  }, [catalogue, data])
  return null
}

/** What the canvas library is told before it first draws, so that it does so once; a large flow comes bit by bit. */
function firstElements({ editor, sizes }: Workspace) {
  const { document, selection } = editor.store.getState()
  const seen = shownFlow(document, selection.nodes)
  if (isLarge(seen)) return { nodes: [], edges: [] }
  return {
    nodes: [...canvasNodes(seen.nodes, [], selection.nodes, sizes)],
    edges: seen.edges.map((edge) => canvasEdge(edge, false)),
  }
}

function LeftPanel(): ReactNode {
  const isOpen = useWorkspaceUi((state) => state.isSidebarOpen)
  const width = useRemembered(({ sidebarWidth }) => sidebarWidth)
  if (!isOpen) return null
  return (
    <Settled instead={<div style={{ width }} className="shrink-0 border-border border-r bg-surface" />}>
      <ComponentSidebar />
    </Settled>
  )
}

const CLOSED_DOCK_PX = 37

/** As large as the dock will be. */
function DockPlace(): ReactNode {
  const isOpen = useWorkspaceUi((state) => state.isDockOpen)
  const height = useRemembered(({ dockHeight }) => dockHeight)
  return (
    <div style={{ height: isOpen ? height : CLOSED_DOCK_PX }} className="shrink-0 border-border border-t bg-surface" />
  )
}

interface CanvasAreaProps extends WorkspaceViewProps {
  readonly firstNodes: readonly CanvasNode[]
}

function CanvasArea({ flow, autosave, beginning, firstNodes }: CanvasAreaProps): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const actions = useActions()
  const { screenToFlowPosition } = useReactFlow()
  const isEmpty = useEditorState((state) => state.document.nodes.length === 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the view begins, once
  const firstView = useMemo(
    () => storedView(workspace.userId, workspace.flowId) ?? viewOfAll(workspace, canvasSize()),
    [],
  )

  async function lock(isLocked: boolean): Promise<void> {
    try {
      await autosave.save()
      await client.call(updateFlow, { params: { flow_id: flow.id }, body: { locked: isLocked } })
      workspace.editor.setLocked(isLocked)
    } catch (error) {
      notifyError(t('controls.lockFailed'), error)
    }
  }
  return (
    <>
      <Canvas
        sizes={workspace.sizes}
        firstView={firstView}
        firstNodes={firstNodes}
        onDrop={(event) =>
          void dropOnCanvas(workspace, actions, event, screenToFlowPosition({ x: event.clientX, y: event.clientY }))
        }
      />
      {isEmpty
        ? (beginning ?? (
            <p className="-translate-x-1/2 pointer-events-none absolute top-1/2 left-1/2 text-center text-text-muted">
              {t('canvas.empty')}
            </p>
          ))
        : null}
      <Settled>
        <CanvasControls {...(mayEdit(workspace) && { onLock: (isLocked: boolean) => void lock(isLocked) })} />
        <ViewControls />
        <CanvasBars />
      </Settled>
      <CanvasNotices>
        <Settled>
          <UpdatesBar />
        </Settled>
        <CanvasApprovals />
        <RunBar />
      </CanvasNotices>
    </>
  )
}

/** What a window too narrow for a canvas shows: the flow as a list, and what has become of a run. */
function WithoutCanvas({ beginning }: WorkspaceViewProps): ReactNode {
  const isEmpty = useEditorState((state) => state.document.nodes.length === 0)
  return (
    <>
      {isEmpty && beginning !== undefined ? (
        beginning
      ) : (
        <Suspense fallback={null}>
          <OutlineView />
        </Suspense>
      )}
      <div className="absolute inset-x-3 bottom-3 z-10 flex flex-col items-center gap-2">
        <CanvasApprovals />
        <RunBar />
      </div>
    </>
  )
}

/** About what the canvas will have; exact once it is there. */
const canvasSize = (): Size => ({
  width: innerWidth - STRIP_WIDTH - useRemembered.getState().sidebarWidth,
  height: innerHeight - 48,
})

function WorkspaceHeader({ flow, autosave }: WorkspaceViewProps): ReactNode {
  const { t } = useTranslation('editor')
  const actions = useActions()
  const workspace = useWorkspace()
  const { ui } = workspace
  const isSidebarOpen = useWorkspaceUi((state) => state.isSidebarOpen)
  const snapEntries = useSnapEntries()
  const canUndo = useEditorState((state) => state.history.past.length > 0 && !state.isLocked)
  const canRedo = useEditorState((state) => state.history.future.length > 0 && !state.isLocked)
  return (
    <Header isFull help={snapEntries}>
      <IconButton
        label={t('actions.sidebar')}
        keys={actions.keysOf('sidebar')}
        aria-pressed={isSidebarOpen}
        onClick={() => ui.setState({ isSidebarOpen: !isSidebarOpen })}
        className="max-md:hidden"
      >
        <PanelLeft size={16} />
      </IconButton>
      <nav aria-label={t('breadcrumb')} className="flex min-w-52 items-center gap-2 text-sm max-md:basis-full">
        <ProjectLink projectId={flow.folder_id} />
        <span className="text-text-faint">/</span>
        <FlowSwatch flow={flow} size="sm" />
        <FlowName flow={flow} autosave={autosave} />
      </nav>
      {mayEdit(workspace) ? (
        <>
          <SaveStatus autosave={autosave} isStored={isStored(flow)} />
          <SaveButton />
          <IconButton
            label={t('actions.undo')}
            keys={actions.keysOf('undo')}
            disabled={!canUndo}
            onClick={() => void actions.perform('undo')}
          >
            <Undo2 size={15} />
          </IconButton>
          <IconButton
            label={t('actions.redo')}
            keys={actions.keysOf('redo')}
            disabled={!canRedo}
            onClick={() => void actions.perform('redo')}
          >
            <Redo2 size={15} />
          </IconButton>
        </>
      ) : null}
      <span className="flex-1" />
      <RunPill />
      <PlaygroundButton />
      {isStored(flow) ? (
        <>
          <ShareMenu flow={flow} />
          {mayEdit(workspace) ? <PublishButton autosave={autosave} /> : null}
        </>
      ) : null}
      {mayRun(workspace) ? (
        <span className="flex gap-1">
          <RunButton />
          <RunSettingsButton />
        </span>
      ) : null}
    </Header>
  )
}

function SaveStatus({ autosave, isStored }: { readonly autosave: Autosave; readonly isStored: boolean }): ReactNode {
  const { t, i18n } = useTranslation('editor')
  const state = useStore(autosave.store)
  // A new flow has nothing to be saved, and is nowhere.
  const kind = state.kind === 'saved' && !isStored ? 'unstored' : state.kind
  const at = state.kind === 'saved' ? state.at : undefined
  const time = at === undefined ? '' : clockTime(at, i18n.language)
  return (
    <span
      role="status"
      className="max-w-32 shrink-0 truncate text-text-muted text-xs"
      data-testid="save-state"
      data-state={kind}
    >
      {t(`save.${kind}`, { time })}
    </span>
  )
}

/** Where the server does not want flows to save themselves. */
function SaveButton(): ReactNode {
  const { t } = useTranslation('editor')
  const actions = useActions()
  const { data: config } = useQuery(configQuery)
  return config?.auto_saving === false ? (
    <Button size="sm" onClick={() => void actions.perform('save')} data-testid="save-flow-button">
      {t('actions.save')}
    </Button>
  ) : null
}

function RunButton(): ReactNode {
  const { t } = useTranslation('editor')
  const { runner } = useWorkspace()
  const { context } = useActions()
  const isRunning = useRunState((state) => state.running !== undefined)
  return isRunning ? (
    <Button onClick={() => void runner.stop()}>
      <Square size={14} />
      {t('run.stop')}
    </Button>
  ) : (
    <Button look="primary" onClick={() => context.runFlow()} data-testid="run-flow">
      <Play size={14} />
      {t('run.run')}
    </Button>
  )
}
