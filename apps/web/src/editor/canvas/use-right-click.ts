import { useReactFlow } from '@xyflow/react'
import { type MouseEvent, useMemo } from 'react'
import { useWorkspace } from '../editor-context.tsx'
import type { CanvasEdge } from './canvas-nodes.ts'

/** Opens menus at right clicks beside the nodes, which have menus of their own. */
export function useRightClick() {
  const { editor, ui } = useWorkspace()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    /** The page's own menu stays away. */
    const placeOf = (event: MouseEvent | globalThis.MouseEvent) => {
      event.preventDefault()
      const screen = { x: event.clientX, y: event.clientY }
      return { screen, flow: screenToFlowPosition(screen) }
    }
    return {
      onPaneContextMenu(event: MouseEvent | globalThis.MouseEvent) {
        ui.setState({ menu: { of: 'canvas', ...placeOf(event) } })
      },
      onEdgeContextMenu(event: MouseEvent, { id: edgeId }: CanvasEdge) {
        editor.select({ nodes: new Set(), edges: new Set([edgeId]) })
        ui.setState({ menu: { of: 'edge', edgeId, ...placeOf(event) } })
      },
      onSelectionContextMenu(event: MouseEvent) {
        ui.setState({ menu: { of: 'selection', ...placeOf(event) } })
      },
    }
  }, [editor, ui, screenToFlowPosition])
}
