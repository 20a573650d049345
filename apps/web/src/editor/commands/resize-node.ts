import { type Command, withNode } from './command.ts'

/** Gives a note another size; dragging its left or upper edge moves it as well. Units of the canvas. */
export const resizeNode: Command<{
  readonly nodeId: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}> = {
  id: 'resize-node',
  apply: (document, { nodeId, x, y, width, height }) =>
    withNode(document, nodeId, (node) => ({
      ...node,
      position: { x: Math.round(x), y: Math.round(y) },
      width: Math.round(width),
      height: Math.round(height),
    })),
}
