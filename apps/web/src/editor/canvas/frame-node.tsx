import type { NodeProps } from '@xyflow/react'
import { memo, type ReactNode, Suspense } from 'react'
import { lazily } from '../../ui/lazily.ts'
import type { CanvasNode } from './canvas-nodes.ts'

const FrameView = lazily(async () => (await import('./frame-view.tsx')).FrameView)

/** A frame, which few flows have: its script comes with the first. */
export const FrameNodeView = memo(
  (props: NodeProps<CanvasNode>): ReactNode => (
    <Suspense fallback={null}>
      <FrameView {...props} />
    </Suspense>
  ),
)
