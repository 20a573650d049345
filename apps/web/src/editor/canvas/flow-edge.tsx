import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import type { CanvasEdge } from './canvas-nodes.ts'

/** A connection, in the colour of what flows through it; the feedback of a loop is dashed. */
export const FlowEdgeView = memo(function FlowEdgeView(props: EdgeProps<CanvasEdge>): ReactNode {
  const [path] = getBezierPath(props)
  const isLoop = props.targetHandleId?.startsWith('loop:') ?? false
  return (
    <BaseEdge
      id={props.id}
      path={path}
      interactionWidth={20}
      style={{
        stroke: props.data?.color,
        strokeWidth: props.selected ? 3.5 : 2,
        ...(isLoop && { strokeDasharray: '6 4' }),
      }}
    />
  )
})
