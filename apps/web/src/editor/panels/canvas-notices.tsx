import type { ReactNode } from 'react'
import { MAPPED_FROM } from '../canvas/minimap-size.ts'
import { useEditorState, useWorkspaceUi } from '../editor-context.tsx'

/** What the canvas says, one above the other: over the buttons at its foot, and beside the small map where that is near. */
export function CanvasNotices({ children }: { readonly children: ReactNode }): ReactNode {
  const isMapped = useEditorState((state) => state.document.nodes.length >= MAPPED_FROM)
  const isMinimapOpen = useWorkspaceUi((state) => state.isMinimapOpen) ?? isMapped
  return (
    <div className="@container pointer-events-none absolute inset-x-3 bottom-14 z-10 @max-sm:bottom-25">
      <div className={isMinimapOpen ? '@max-6xl:pr-54' : undefined}>
        <div className="flex flex-col items-center gap-2 *:pointer-events-auto">{children}</div>
      </div>
    </div>
  )
}
