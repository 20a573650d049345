import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { X } from 'lucide-react'
import { memo, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { remove } from '../commands/remove.ts'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { isNote, nodesById } from '../model/flow-document.ts'
import { useRemembered } from '../remembered.ts'
import type { CanvasEdge } from './canvas-nodes.ts'
import { depthBelow, pathBelow } from './loop-path.ts'
import { connectionLabel } from './neighbours.ts'
import { rectOf } from './node-sizes.ts'

const EdgeValue = lazily(async () => (await import('./edge-value.tsx')).EdgeValue)

const TOOL = 24
/** From where the library ends an edge, at the outer side of what is hit, to the dot in its middle; in pixels. */
const TO_DOT = 12

/** A connection, in the colour of what flows through it; the feedback of a loop is dashed and runs below. */
export const FlowEdgeView = memo(function FlowEdgeView(props: EdgeProps<CanvasEdge>): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, sizes } = useWorkspace()
  const { id, target, source, selected, targetHandleId, sourceX, sourceY, targetX, targetY, data } = props
  const isLoop = targetHandleId?.startsWith('loop:') ?? false
  const isFlowing = useRunState((state) => state.nodes.get(target)?.status === 'running')
  // Drawn anew when either end has another name.
  useEditorState((state) => nodesById(state.document.nodes).get(source)?.data.node.display_name)
  useEditorState((state) => nodesById(state.document.nodes).get(target)?.data.node.display_name)
  const label = connectionLabel(editor.getDocument(), {
    source,
    target,
    sourceHandle: props.sourceHandleId,
    targetHandle: targetHandleId,
  })
  const showsValue = useRemembered(({ edgeValues }) => edgeValues)
  const ends = { ...props, sourceX: sourceX - TO_DOT, targetX: targetX + TO_DOT }
  const [from, to] = [
    { x: ends.sourceX, y: sourceY },
    { x: ends.targetX, y: targetY },
  ]
  const depth = useEditorState(({ document: { nodes } }) => {
    if (!isLoop) return 0
    const inTheWay = nodes.filter((node) => !isNote(node)).map((node) => rectOf(node, sizes))
    return depthBelow(inTheWay, from, to)
  })
  const [path, middleX, middleY] = isLoop ? pathBelow(from, to, depth) : getBezierPath(ends)
  return (
    <>
      <desc id={`name-of-${id}`}>{t('edge.name', { label })}</desc>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={20}
        style={{
          stroke: data?.color,
          strokeWidth: selected ? 3.5 : 2,
          ...((isLoop || isFlowing) && { strokeDasharray: '6 4' }),
          ...(isFlowing && { animation: 'flow-edge-run 600ms linear infinite' }),
        }}
      />
      {showsValue ? (
        <Suspense fallback={null}>
          <EdgeValue source={source} handle={props.sourceHandleId} x={middleX} y={middleY} />
        </Suspense>
      ) : null}
      <foreignObject
        x={middleX - TOOL / 2}
        y={middleY - TOOL / 2}
        width={TOOL}
        height={TOOL}
        className="flow-edge-tools overflow-visible"
      >
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('edge.delete', { label })}
          data-testid={`edge-delete-${id}`}
          onClick={(event) => {
            // A click on the edge selects it, and there is none any more.
            event.stopPropagation()
            editor.apply(remove, { nodes: new Set<string>(), edges: new Set([id]) })
          }}
          className="grid size-6 place-items-center rounded-full border border-border bg-surface text-text-muted shadow-1 hover:text-danger"
        >
          <X size={12} />
        </button>
      </foreignObject>
    </>
  )
})
