import type { NodeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import type { CanvasNode } from './canvas-nodes.ts'

/** A note beside the flow. */
export const NoteNodeView = memo(function NoteNodeView({ data, selected }: NodeProps<CanvasNode>): ReactNode {
  return (
    <div
      className={classNames(
        'size-full overflow-auto whitespace-pre-wrap rounded-lg border bg-warning-soft p-3 text-sm',
        selected ? 'border-accent' : 'border-border',
      )}
    >
      {data.flowNode.node.description}
    </div>
  )
})
