import { ViewportPortal } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useWorkspaceUi } from '../editor-context.tsx'

/** The lines a node that is being dragged stands on. */
export function GuideLines(): ReactNode {
  const lines = useWorkspaceUi((state) => state.guideLines)
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
              ? { left: at, top: from, width: 1, height: to - from }
              : { left: from, top: at, width: to - from, height: 1 }
          }
        />
      ))}
    </ViewportPortal>
  )
}
