import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import { moveNodes } from '../commands/move-nodes.ts'
import { useWorkspace } from '../editor-context.tsx'
import type { FlowDocument, Point } from '../model/flow-document.ts'
import { framesOf, heldBy } from '../model/frames.ts'
import { type CanvasNode, canvasNodes } from './canvas-nodes.ts'
import { selectChanged } from './select-changed.ts'
import { useGliding } from './use-gliding.ts'
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
  useGliding(useCallback((change) => setShown((previous) => ({ ...previous, nodes: previous.nodes.map(change) })), []))
  const snap = useSnapping()
  const moved = useRef(new Map<string, Point>())
  const onNodesChange = useCallback(
    (given: NodeChange<CanvasNode>[]) => {
      const changes = withContents(editor.getDocument(), snap(given))
      setShown((previous) => ({ ...previous, nodes: applyNodeChanges(changes, [...previous.nodes]) }))
      for (const change of changes) {
        if (change.type === 'dimensions' && change.dimensions) sizes.measured(change.id, change.dimensions)
      }
      selectChanged(changes, editor.store.getState().selection.nodes, (nodes) => editor.select({ nodes }))
      // A drag is one step: the document hears of it when it ends.
      for (const change of changes) {
        // Where a node is resized to is told when that ends.
        if (change.type === 'position' && change.position && change.dragging !== undefined)
          moved.current.set(change.id, rounded(change.position))
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

/** A frame that is dragged takes along what stands in it. */
function withContents(document: FlowDocument, changes: NodeChange<CanvasNode>[]): NodeChange<CanvasNode>[] {
  const frames = framesOf(document)
  if (frames.length === 0) return changes
  const moved = new Set(changes.flatMap((change) => (change.type === 'position' ? [change.id] : [])))
  const more: NodeChange<CanvasNode>[] = []
  for (const change of changes) {
    if (change.type !== 'position' || !change.position || change.dragging === undefined) continue
    const frame = frames.find(({ id }) => id === change.id)
    if (!frame) continue
    const by = { x: change.position.x - frame.position.x, y: change.position.y - frame.position.y }
    const held = heldBy(document, frame)
    for (const { id, position } of document.nodes) {
      if (!held.has(id) || moved.has(id)) continue
      moved.add(id)
      const to = { x: position.x + by.x, y: position.y + by.y }
      more.push({ type: 'position', id, position: to, dragging: change.dragging })
    }
  }
  return more.length === 0 ? changes : [...changes, ...more]
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
