import { type Command, withNode } from './command.ts'

/** How wide a component may be, in units of the canvas. */
export const NODE_WIDTH = { least: 280, usual: 320, most: 640 } as const

/** The width a component is drawn with; files say all sorts. */
export const shownWidth = (width: number | undefined): number =>
  Math.round(Math.min(NODE_WIDTH.most, Math.max(NODE_WIDTH.least, width ?? NODE_WIDTH.usual)))

/** Makes a component wider or narrower. */
export const setWidth: Command<{ readonly nodeId: string; readonly width: number }> = {
  id: 'set-width',
  apply: (document, { nodeId, width }) => withNode(document, nodeId, (node) => ({ ...node, width: shownWidth(width) })),
}
