import { type ReactNode, useMemo } from 'react'
import { type MiniNode, miniFlowOf } from './mini-flow.ts'

export interface FlowPictureProps {
  /** The saved graph. */
  readonly data: unknown
  readonly className?: string
}

const curve = (from: MiniNode, to: MiniNode): string => {
  const [startX, startY] = [from.x + from.width, from.y + from.height / 2]
  const [endX, endY] = [to.x, to.y + to.height / 2]
  const bend = Math.max(80, Math.abs(endX - startX) / 2)
  return `M${startX} ${startY} C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`
}

/** A small picture of a flow, drawn from its graph. Decoration: the name beside it says what it is. */
export function FlowPicture({ data, className }: FlowPictureProps): ReactNode {
  const picture = useMemo(() => miniFlowOf(data), [data])
  if (!picture) return <div aria-hidden="true" className={className} />
  return (
    <svg
      aria-hidden="true"
      viewBox={picture.viewBox.join(' ')}
      preserveAspectRatio="xMidYMid meet"
      className={className}
    >
      {picture.edges.map(({ id, from, to }) => (
        <path
          key={id}
          d={curve(from, to)}
          fill="none"
          className="stroke-border-strong"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {picture.nodes.map((node) => (
        <g key={node.id}>
          <rect
            x={node.x}
            y={node.y}
            width={node.width}
            height={node.height}
            rx={28}
            className={node.isNote ? 'fill-warning-soft stroke-warning/40' : 'fill-surface stroke-border-strong'}
            strokeWidth={1}
            vectorEffect="non-scaling-stroke"
          />
          {node.isNote ? null : (
            <>
              <rect x={node.x + 24} y={node.y + 28} width={44} height={44} rx={12} className="fill-accent" />
              <rect
                x={node.x + 84}
                y={node.y + 38}
                width={node.width * 0.45}
                height={24}
                rx={12}
                className="fill-text-faint"
              />
            </>
          )}
        </g>
      ))}
    </svg>
  )
}
