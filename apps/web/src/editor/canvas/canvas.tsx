import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  type IsValidConnection,
  MiniMap,
  type NodeChange,
  type OnConnect,
  type OnConnectStartParams,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Viewport,
} from '@xyflow/react'
import {
  type DragEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import '@xyflow/react/dist/base.css'
import { notify } from '../../ui/notifications.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { connect } from '../commands/connect.ts'
import { moveNodes } from '../commands/move-nodes.ts'
import { reconnect } from '../commands/reconnect.ts'
import { remove } from '../commands/remove.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { type Connection, type HandleOf, refusalOf } from '../model/compatibility.ts'
import type { FlowDocument, Point } from '../model/flow-document.ts'
import type { HandleId } from '../model/handles.ts'
import { type CanvasEdge, type CanvasNode, canvasEdge, canvasNodes } from './canvas-nodes.ts'
import { ComponentNodeView } from './component-node.tsx'
import { conversionFor, convertOnTheWay } from './convert-on-the-way.ts'
import { FlowEdgeView } from './flow-edge.tsx'
import { HandleTip } from './handle-tip.tsx'
import { useKeyboardCanvas } from './keyboard-canvas.tsx'
import type { NodeSizes } from './node-sizes.ts'
import { NoteNodeView } from './note-node.tsx'
import { Overview } from './overview.tsx'
import { storeView } from './stored-views.ts'
import { useDrawnNodes } from './use-drawn-nodes.ts'
import { useMarquee } from './use-marquee.ts'
import { useRightClick } from './use-right-click.ts'

// Constants outside of React: a new object here would draw every node anew.
const nodeTypes = { component: ComponentNodeView, note: NoteNodeView }
const edgeTypes = { flow: FlowEdgeView }
const proOptions = { hideAttribution: true }
const MULTI_KEYS = ['Meta', 'Control']
const PAN_BUTTONS = [0, 1]

export interface CanvasProps {
  /** Something was dropped: a component of the sidebar, a file. */
  readonly onDrop: (event: DragEvent) => void
  readonly sizes: NodeSizes
  /** Where the view begins. */
  readonly firstView: Viewport
}

/** The flow as nodes and edges. Turns gestures into commands; knows no server. */
export function Canvas({ onDrop, sizes, firstView }: CanvasProps): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { editor, ui } = workspace
  const flow = useReactFlow()
  const document = useEditorState((state) => state.document)
  const selection = useEditorState((state) => state.selection)
  const isLocked = useEditorState((state) => state.isLocked)
  const isMinimapOpen = useWorkspaceUi((state) => state.isMinimapOpen)

  const drawn = useDrawnNodes(document, sizes)
  const part = useMemo(() => partOf(document, drawn), [document, drawn])
  const [nodes, setNodes] = useState<readonly CanvasNode[]>(() => canvasNodes(part.nodes, [], selection.nodes))
  useEffect(
    () => setNodes((previous) => canvasNodes(part.nodes, previous, selection.nodes)),
    [part.nodes, selection.nodes],
  )
  const edges = useMemo(
    () => part.edges.map((edge) => canvasEdge(edge, selection.edges.has(edge.id))),
    [part.edges, selection.edges],
  )

  const moved = useRef(new Map<string, Point>())
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setNodes((previous) => applyNodeChanges(changes, [...previous]))
      for (const change of changes) {
        if (change.type === 'dimensions' && change.dimensions) sizes.measured(change.id, change.dimensions)
      }
      selectChanged(changes, editor.store.getState().selection.nodes, (nodes) => editor.select({ nodes }))
      // A drag is one step: the document hears of it when it ends.
      for (const change of changes) {
        if (change.type === 'position' && change.position) moved.current.set(change.id, rounded(change.position))
      }
      if (changes.some((change) => change.type === 'position' && change.dragging === false)) {
        editor.apply(moveNodes, { positions: moved.current })
        moved.current = new Map()
      }
    },
    [editor, sizes],
  )
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
      onMoveEnd={(_, view) => storeView(workspace.flowId, view)}
      onPaneClick={() => ui.setState({ handleFilter: undefined })}
      connectionRadius={30}
      minZoom={0.02}
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
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      nodesFocusable={false}
      edgesFocusable={false}
      {...keyboard.props}
      className="bg-canvas"
    >
      <HandleTip />
      {keyboard.parts}
      <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--canvas-dot)" />
      {drawn ? <Overview document={document} sizes={sizes} drawn={drawn} /> : null}
      {isMinimapOpen ? (
        <MiniMap
          pannable
          zoomable
          className="rounded-md border border-border"
          bgColor="var(--surface)"
          maskColor="color-mix(in srgb, var(--canvas) 70%, transparent)"
          nodeColor="var(--border-strong)"
          aria-label={t('canvas.minimap')}
        />
      ) : null}
    </ReactFlow>
  )
}

/** The nodes that are elements of the page, and the edges that have both their ends among them. */
function partOf(document: FlowDocument, ids: ReadonlySet<string> | undefined): Pick<FlowDocument, 'nodes' | 'edges'> {
  if (!ids) return document
  return {
    nodes: document.nodes.filter(({ id }) => ids.has(id)),
    edges: document.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  }
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })

interface Selects {
  readonly type: string
  readonly id?: string
  readonly selected?: boolean
}

/** Hands on what became selected or not, when anything did. */
function selectChanged(
  changes: readonly Selects[],
  before: ReadonlySet<string>,
  select: (chosen: ReadonlySet<string>) => void,
): void {
  const chosen = new Set(before)
  let isChanged = false
  for (const { type, id, selected } of changes) {
    if (type !== 'select' || id === undefined || chosen.has(id) === selected) continue
    isChanged = true
    if (selected) chosen.add(id)
    else chosen.delete(id)
  }
  if (isChanged) select(chosen)
}

/** Everything about drawing, refusing and moving edges. */
function useConnections() {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { context } = useActions()
  const flow = useReactFlow()
  const { editor, ui, catalogue } = workspace
  const reconnecting = useRef<{ readonly id: string; isDone: boolean } | undefined>(undefined)

  return useMemo(() => {
    const onConnectStart = (_: unknown, { nodeId, handleId }: OnConnectStartParams): void => {
      if (nodeId && handleId) ui.setState({ connecting: { nodeId, handle: handleId as HandleId } })
    }
    const endConnecting = (): void => ui.setState({ connecting: undefined })
    const onConnect: OnConnect = (connection) => {
      editor.apply(connect, connection)
      ui.setState({ handleFilter: undefined })
    }
    const isValidConnection: IsValidConnection<CanvasEdge> = (edge) =>
      refusalOf(editor.getDocument(), handlesOf(edge)) === undefined

    /** Says why an edge was not drawn, and offers the component that would make it fit. */
    const refuse = (connection: Connection): void => {
      const refusal = refusalOf(editor.getDocument(), connection)
      if (!refusal || refusal === 'noHandle') return
      const conversion = refusal === 'types' ? conversionFor(workspace, catalogue, connection) : undefined
      notify(
        'error',
        t(`refusals.${refusal}`),
        conversion && {
          action: {
            label: t('refusals.convert', { name: componentText(conversion.entry.component.display_name) }),
            perform: () => convertOnTheWay(workspace, connection, conversion),
          },
        },
      )
    }

    const onConnectEnd = (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void => {
      endConnecting()
      if (reconnecting.current || state.isValid || !state.fromHandle) return
      const from: HandleOf = { nodeId: state.fromHandle.nodeId, handle: state.fromHandle.id as HandleId }
      if (state.toHandle) {
        const to: HandleOf = { nodeId: state.toHandle.nodeId, handle: state.toHandle.id as HandleId }
        const [source, target] = from.handle.startsWith('out:') ? [from, to] : [to, from]
        if (from.nodeId === to.nodeId && from.handle === to.handle) return
        refuse({
          source: source.nodeId,
          sourceHandle: source.handle,
          target: target.nodeId,
          targetHandle: target.handle,
        })
        return
      }
      if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return
      const point = 'clientX' in event ? event : event.changedTouches[0]
      if (!point) return
      const screen = { x: point.clientX, y: point.clientY }
      ui.setState({ quickAdd: { screen, flow: flow.screenToFlowPosition(screen), from } })
    }

    return {
      onConnect,
      onConnectStart,
      onConnectEnd,
      isValidConnection,
      onClickConnectStart(event: unknown, params: OnConnectStartParams) {
        onConnectStart(event, params)
        const { nodeId, handleId } = params
        if (nodeId && handleId) ui.setState({ handleFilter: { nodeId, handle: handleId as HandleId } })
      },
      onClickConnectEnd: endConnecting,
      onReconnectStart(_: unknown, edge: Edge) {
        reconnecting.current = { id: edge.id, isDone: false }
      },
      onReconnect(edge: CanvasEdge, connection: Connection) {
        if (reconnecting.current) reconnecting.current.isDone = true
        editor.apply(reconnect, { edgeId: edge.id, connection })
      },
      onReconnectEnd(_: unknown, edge: Edge, __: unknown, state: FinalConnectionState) {
        const wasDropped = reconnecting.current?.isDone === false && !state.toHandle
        reconnecting.current = undefined
        endConnecting()
        // Dropped on the empty canvas, as in Langflow: the edge goes.
        if (wasDropped) {
          editor.apply(remove, { nodes: new Set<string>(), edges: new Set([edge.id]) })
          context.say('notice', 'edge.removed')
        }
      },
    }
  }, [workspace, editor, ui, catalogue, flow, t, context])
}

function handlesOf(edge: CanvasEdge | Partial<Connection>): Connection {
  const { source = '', target = '', sourceHandle, targetHandle } = edge
  return { source, target, sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null }
}
