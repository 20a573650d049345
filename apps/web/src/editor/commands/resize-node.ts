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

/** Sizes notes and frames can have. */
export const NOTE_BOUNDS = { minWidth: 120, minHeight: 120, maxWidth: 1000, maxHeight: 800 } as const
export const FRAME_BOUNDS = { minWidth: 200, minHeight: 120, maxWidth: 8000, maxHeight: 8000 } as const

/** Ways to another size for who cannot drag: how many steps wider, and how many taller. */
const SIZE_STEPS = { wider: [1, 0], narrower: [-1, 0], taller: [0, 1], shorter: [0, -1] } as const

/** Units of the canvas. */
const STEP = 64

/** The size a step away, as far as the bounds let it. */
export function stepped(
  { width, height }: { readonly width: number; readonly height: number },
  way: keyof typeof SIZE_STEPS,
  bounds: typeof NOTE_BOUNDS | typeof FRAME_BOUNDS,
): { readonly width: number; readonly height: number } {
  const [wider, taller] = SIZE_STEPS[way]
  return {
    width: Math.min(bounds.maxWidth, Math.max(bounds.minWidth, width + wider * STEP)),
    height: Math.min(bounds.maxHeight, Math.max(bounds.minHeight, height + taller * STEP)),
  }
}
