import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { useWorkspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import type { CanvasNode } from './canvas-nodes.ts'

const GLIDE_MS = 260

/** Shows nodes on their way from where they were to where they have been put, when the workspace asks for it. */
export function useGliding(show: (change: (node: CanvasNode) => CanvasNode) => void): void {
  const { editor, ui } = useWorkspace()
  useEffect(() => {
    let frame = 0
    function glide(from: ReadonlyMap<string, Point>): void {
      cancelAnimationFrame(frame)
      const begun = performance.now()
      const step = (): void => {
        const share = Math.min(1, (performance.now() - begun) / GLIDE_MS)
        const goals = new Map(editor.getDocument().nodes.map(({ id, position }) => [id, position]))
        // Before the frame is painted, else the first would show the end.
        flushSync(() =>
          show((node) => {
            const [start, goal] = [from.get(node.id), goals.get(node.id)]
            if (!start || !goal || (start.x === goal.x && start.y === goal.y)) return node
            return { ...node, position: share === 1 ? goal : between(start, goal, 1 - (1 - share) ** 3) }
          }),
        )
        if (share < 1) frame = requestAnimationFrame(step)
        else ui.setState({ gliding: undefined })
      }
      frame = requestAnimationFrame(step)
    }
    const stop = ui.subscribe(({ gliding }, before) => {
      if (gliding && gliding !== before.gliding) glide(gliding)
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [editor, ui, show])
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})
