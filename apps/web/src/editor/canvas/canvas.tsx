import { type EdgeChange, ReactFlow, SelectionMode, useReactFlow, type Viewport } from '@xyflow/react'
import { type DragEvent, type MouseEvent, type ReactNode, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import '@xyflow/react/dist/base.css'
import { lazily } from '../../ui/lazily.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { type ShownFlow, shownFlow } from '../model/frames.ts'
import { useRemembered } from '../remembered.ts'
import { type CanvasEdge, type CanvasNode, canvasEdge } from './canvas-nodes.ts'
import { ComponentNodeView } from './component-node.tsx'
import { useDetailMark } from './detail.ts'
import { Dots } from './dots.tsx'
import { FlowEdgeView } from './flow-edge.tsx'
import { FrameNodeView } from './frame-node.tsx'
import { GuideLines } from './guide-lines.tsx'
import { HandleTip } from './handle-tip.tsx'
import { useKeyboardCanvas } from './keyboard-canvas.tsx'
import { MAPPED_FROM } from './minimap-size.ts'
import { useMotionMark } from './motion.ts'
import type { NodeSizes } from './node-sizes.ts'
import { NoteNodeView } from './note-node.tsx'
import { Overview } from './overview.tsx'
import { selectChanged } from './select-changed.ts'
import { storeView } from './stored-views.ts'
import { useCanvasNodes } from './use-canvas-nodes.ts'
import { useConnections } from './use-connections.ts'
import { useDrawnNodes } from './use-drawn-nodes.ts'
import { useLeastZoom } from './use-least-zoom.ts'
import { useMarquee } from './use-marquee.ts'
import { useRightClick } from './use-right-click.ts'
import { useScrollPan } from './use-scroll-pan.ts'
import { useSpacePan } from './use-space-pan.ts'

const Minimap = lazily(async () => (await import('./minimap.tsx')).Minimap)

// Constants outside of React: a new object here would draw every node anew.
const nodeTypes = { component: ComponentNodeView, note: NoteNodeView, frame: FrameNodeView }
const edgeTypes = { flow: FlowEdgeView }
const proOptions = { hideAttribution: true }
const MULTI_KEYS = ['Meta', 'Control']
const PAN_BUTTONS = [0, 1]
/** An end of an edge is taken beside its handle, which covers the last 12 px. */
const RECONNECT_RADIUS = 16
const GRID: [number, number] = [8, 8]

export interface CanvasProps {
  /** Something was dropped: a component of the sidebar, a file. */
  readonly onDrop: (event: DragEvent) => void
  readonly sizes: NodeSizes
  /** Where the view begins. */
  readonly firstView: Viewport
  /** What the `ReactFlowProvider` around it began with. */
  readonly firstNodes: readonly CanvasNode[]
}

/** The flow as nodes and edges. Turns gestures into commands; knows no server. */
export function Canvas({ onDrop, sizes, firstView, firstNodes }: CanvasProps): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { editor, ui } = workspace
  const flow = useReactFlow()
  const all = useEditorState((state) => state.document.nodes)
  const joins = useEditorState((state) => state.document.edges)
  const selection = useEditorState((state) => state.selection)
  const isLocked = useEditorState((state) => state.isLocked)
  const isMinimapOpen = useWorkspaceUi((state) => state.isMinimapOpen)

  // Apart from what is seen of it: a selection that shows no more does not make it another.
  const graph = useMemo(() => ({ nodes: all, edges: joins }), [all, joins])
  const seen = useMemo(() => shownFlow(graph, selection.nodes), [graph, selection.nodes])
  const drawn = useDrawnNodes(seen, sizes)
  const part = useMemo(() => partOf(seen, drawn), [seen, drawn])
  const { nodes, onNodesChange } = useCanvasNodes(part.nodes, selection.nodes, firstNodes)
  const edges = useMemo(
    () => part.edges.map((edge) => canvasEdge(edge, selection.edges.has(edge.id))),
    [part.edges, selection.edges],
  )

  useMotionMark()
  useDetailMark()
  useScrollPan()
  useSpacePan()
  const leastZoom = useLeastZoom(seen.nodes, sizes)
  const hasGrid = useRemembered((state) => state.hasGrid)
  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) =>
      selectChanged(changes, editor.store.getState().selection.edges, (edges) => editor.select({ edges })),
    [editor],
  )
  const connections = useConnections()
  const keyboard = useKeyboardCanvas()
  const menus = useRightClick()
  const marquee = useMarquee()

  const openQuickAdd = useCallback(
    (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return
      const screen = { x: event.clientX, y: event.clientY }
      ui.setState({ quickAdd: { screen, flow: flow.screenToFlowPosition(screen), from: undefined } })
    },
    [ui, flow],
  )

  return (
    <ReactFlow<CanvasNode, CanvasEdge>
      id="react-flow-id"
      aria-label={t('canvas.label')}
      // The library only reads the list.
      nodes={nodes as CanvasNode[]}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      {...connections}
      onDrop={onDrop}
      onDragOver={(event) => {
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
      }}
      onDoubleClick={isLocked ? undefined : openQuickAdd}
      {...menus}
      {...marquee}
      onMoveEnd={(_, view) => storeView(workspace.userId, workspace.flowId, view)}
      onPaneClick={() => ui.setState({ handleFilter: undefined })}
      connectionRadius={30}
      reconnectRadius={RECONNECT_RADIUS}
      minZoom={leastZoom}
      maxZoom={2}
      defaultViewport={firstView}
      proOptions={proOptions}
      nodesDraggable={!isLocked}
      nodesConnectable={!isLocked}
      edgesReconnectable={!isLocked}
      deleteKeyCode={null}
      multiSelectionKeyCode={MULTI_KEYS}
      selectionMode={SelectionMode.Full}
      panOnDrag={PAN_BUTTONS}
      snapToGrid={hasGrid}
      snapGrid={GRID}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      nodesFocusable={false}
      edgesFocusable={false}
      {...keyboard.props}
      className="bg-canvas"
    >
      <HandleTip />
      {keyboard.parts}
      <Dots />
      {drawn ? <Overview document={seen} sizes={sizes} drawn={drawn} /> : null}
      <GuideLines />
      {(isMinimapOpen ?? all.length >= MAPPED_FROM) ? (
        <Suspense fallback={null}>
          <Minimap />
        </Suspense>
      ) : null}
    </ReactFlow>
  )
}

/** The nodes that are elements of the page, and the edges that have both their ends among them. */
function partOf(seen: ShownFlow, ids: ReadonlySet<string> | undefined): ShownFlow {
  if (!ids) return seen
  return {
    nodes: seen.nodes.filter(({ id }) => ids.has(id)),
    edges: seen.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  }
}
