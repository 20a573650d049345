import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import { moveNodes } from '../commands/move-nodes.ts'
import { useWorkspace } from '../editor-context.tsx'
import type { FlowDocument, Point } from '../model/flow-document.ts'
import { type CanvasNode, canvasNodes } from './canvas-nodes.ts'
import { selectChanged } from './select-changed.ts'
import { useSnapping } from './use-snapping.ts'

interface Shown {
  readonly of: FlowDocument['nodes']
  readonly selected: ReadonlySet<string>
  readonly nodes: readonly CanvasNode[]
}

/**
 * Nodes of the document as the canvas library has them, with what it alone knows: sizes, and where a drag has got to.
 * @param first what the library was given to begin with
 */
export function useCanvasNodes(of: FlowDocument['nodes'], selected: ReadonlySet<string>, first: readonly CanvasNode[]) {
  const { editor, sizes } = useWorkspace()
  const [shown, setShown] = useState<Shown>(() => ({ of, selected, nodes: canvasNodes(of, first, selected, sizes) }))
  // While rendering rather than in an effect, which would draw the canvas twice.
  if (shown.of !== of || shown.selected !== selected) {
    setShown({ of, selected, nodes: canvasNodes(of, shown.nodes, selected, sizes) })
  }
  const snap = useSnapping()
  const moved = useRef(new Map<string, Point>())
  const onNodesChange = useCallback(
    (given: NodeChange<CanvasNode>[]) => {
      const changes = snap(given)
      setShown((previous) => ({ ...previous, nodes: applyNodeChanges(changes, [...previous.nodes]) }))
      for (const change of changes) {
        if (change.type === 'dimensions' && change.dimensions) sizes.measured(change.id, change.dimensions)
      }
      selectChanged(changes, editor.store.getState().selection.nodes, (nodes) => editor.select({ nodes }))
      // A drag is one step: the document hears of it when it ends.
      for (const change of changes) {
        if (change.type === 'position' && change.position) moved.current.set(change.id, rounded(change.position))
      }
      if (changes.some((change) => change.type === 'position' && change.dragging === false)) {
        editor.apply(moveNodes, { positions: moved.current })
        moved.current = new Map()
      }
    },
    [editor, sizes, snap],
  )
  return { nodes: shown.nodes, onNodesChange }
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
