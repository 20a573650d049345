import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type EdgeChange,
  type IsValidConnection,
  type NodeChange,
  type OnConnect,
  ReactFlow,
} from '@xyflow/react'
import { type DragEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import '@xyflow/react/dist/base.css'
import { connect } from '../commands/connect.ts'
import { moveNodes } from '../commands/move-nodes.ts'
import { remove } from '../commands/remove.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { refusalOf } from '../model/compatibility.ts'
import type { Point } from '../model/flow-document.ts'
import { type CanvasEdge, type CanvasNode, canvasEdge, canvasNodes } from './canvas-nodes.ts'
import { ComponentNodeView } from './component-node.tsx'
import { FlowEdgeView } from './flow-edge.tsx'
import { NoteNodeView } from './note-node.tsx'

// Constants outside of React: a new object here would draw every node anew.
const nodeTypes = { component: ComponentNodeView, note: NoteNodeView }
const edgeTypes = { flow: FlowEdgeView }
const fitViewOptions = { padding: 0.15, maxZoom: 1 }
const proOptions = { hideAttribution: true }

export interface CanvasProps {
  /** A component dragged from the sidebar was dropped at a point of the screen. */
  readonly onDropComponent: (event: DragEvent) => void
}

/** The flow as nodes and edges. Turns gestures into commands; knows no server. */
export function Canvas({ onDropComponent }: CanvasProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const document = useEditorState((state) => state.document)
  const selection = useEditorState((state) => state.selection)
  const isLocked = useEditorState((state) => state.isLocked)

  const [nodes, setNodes] = useState<readonly CanvasNode[]>(() => canvasNodes(document, [], selection.nodes))
  useEffect(() => setNodes((previous) => canvasNodes(document, previous, selection.nodes)), [document, selection.nodes])
  const edges = useMemo(
    () => document.edges.map((edge) => canvasEdge(edge, selection.edges.has(edge.id))),
    [document.edges, selection.edges],
  )

  const moved = useRef(new Map<string, Point>())

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setNodes((previous) => applyNodeChanges(changes, [...previous]))
      const selects = changes.filter((change) => change.type === 'select')
      if (selects.length > 0) {
        const chosen = new Set(editor.store.getState().selection.nodes)
        for (const { id, selected } of selects) selected ? chosen.add(id) : chosen.delete(id)
        editor.select({ nodes: chosen })
      }
      // A drag is one step: the document hears of it when it ends.
      for (const change of changes) {
        if (change.type !== 'position' || !change.position) continue
        moved.current.set(change.id, change.position)
      }
      const hasEnded = changes.some((change) => change.type === 'position' && change.dragging === false)
      if (hasEnded) {
        editor.apply(moveNodes, { positions: moved.current })
        moved.current = new Map()
      }
    },
    [editor],
  )

  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) => {
      const selects = changes.filter((change) => change.type === 'select')
      if (selects.length === 0) return
      const chosen = new Set(editor.store.getState().selection.edges)
      for (const { id, selected } of selects) selected ? chosen.add(id) : chosen.delete(id)
      editor.select({ edges: chosen })
    },
    [editor],
  )

  const onConnect = useCallback<OnConnect>((connection) => void editor.apply(connect, connection), [editor])
  const isValidConnection = useCallback<IsValidConnection<CanvasEdge>>(
    ({ source, target, sourceHandle, targetHandle }) =>
      refusalOf(editor.getDocument(), {
        source,
        target,
        sourceHandle: sourceHandle ?? null,
        targetHandle: targetHandle ?? null,
      }) === undefined,
    [editor],
  )

  const onDelete = useCallback(
    ({ nodes, edges }: { readonly nodes: readonly CanvasNode[]; readonly edges: readonly CanvasEdge[] }) =>
      void editor.apply(remove, {
        nodes: new Set(nodes.map(({ id }) => id)),
        edges: new Set(edges.map(({ id }) => id)),
      }),
    [editor],
  )

  return (
    <ReactFlow<CanvasNode, CanvasEdge>
      id="react-flow-id"
      aria-label={t('canvas.label')}
      nodes={nodes as CanvasNode[]}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onConnect={onConnect}
      onDelete={onDelete}
      isValidConnection={isValidConnection}
      onDrop={onDropComponent}
      onDragOver={(event) => {
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
      }}
      connectionRadius={30}
      minZoom={0.1}
      maxZoom={2}
      fitView
      fitViewOptions={fitViewOptions}
      proOptions={proOptions}
      onlyRenderVisibleElements
      nodesDraggable={!isLocked}
      nodesConnectable={!isLocked}
      edgesReconnectable={!isLocked}
      deleteKeyCode={isLocked ? null : DELETE_KEYS}
      multiSelectionKeyCode={MULTI_KEYS}
      zoomOnDoubleClick={false}
      className="bg-canvas"
    >
      <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--canvas-dot)" />
    </ReactFlow>
  )
}

const DELETE_KEYS = ['Backspace', 'Delete']
const MULTI_KEYS = ['Meta', 'Control']
