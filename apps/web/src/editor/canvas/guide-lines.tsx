import { useStore, ViewportPortal } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useWorkspaceUi } from '../editor-context.tsx'

/** The lines a node that is being dragged stands on. */
export function GuideLines(): ReactNode {
  const lines = useWorkspaceUi((state) => state.guideLines)
  // A pixel of the screen, however small the flow is shown.
  const pixel = useStore(({ transform }) => (lines.length > 0 ? 1 / transform[2] : 1))
  if (lines.length === 0) return null
  return (
    <ViewportPortal>
      {lines.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          data-testid={`guide-${axis}`}
          className="pointer-events-none absolute bg-accent"
          style={
            axis === 'x'
              ? { left: at, top: from, width: pixel, height: to - from }
              : { left: from, top: at, width: to - from, height: pixel }
          }
        />
      ))}
    </ViewportPortal>
  )
}
