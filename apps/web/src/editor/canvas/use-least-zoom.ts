import { useStore } from '@xyflow/react'
import { useMemo } from 'react'
import type { FlowNode } from '../model/flow-document.ts'
import { viewOf } from './first-view.ts'
import { boundsOf, type NodeSizes } from './node-sizes.ts'

const LEAST_ZOOM = 0.1

/** How far the view can be zoomed out: to a tenth, or until all of a larger flow is seen. */
export function useLeastZoom(nodes: readonly FlowNode[], sizes: NodeSizes): number {
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  return useMemo(() => {
    const bounds = boundsOf(nodes, sizes)
    return bounds ? Math.min(LEAST_ZOOM, viewOf(bounds, { width, height }).zoom) : LEAST_ZOOM
  }, [nodes, sizes, width, height])
}
