import { type FlowDocument, type FlowNode, fieldsOf, isNote } from '../model/flow-document.ts'
import { FRAME_HEAD, isFolded } from '../model/frames.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rect extends Size {
  readonly x: number
  readonly y: number
}

/** How large nodes are, in units of the canvas: as measured, else as the file says, else as they will about be. */
export interface NodeSizes {
  readonly of: (node: FlowNode) => Size
  measured(id: string, size: Size): void
  /** Calls when a node turns out to be of another size. @returns what ends that */
  watch(listener: () => void): () => void
}

const WIDTH = 320
const MINIMISED: Size = { width: 192, height: 46 }

export function createNodeSizes(): NodeSizes {
  const sizes = new Map<string, Size>()
  const guesses = new WeakMap<FlowNode['data'], Size>()
  const listeners = new Set<() => void>()
  return {
    of(node) {
      if (isFolded(node)) return FRAME_HEAD
      if (isNote(node)) return { width: node.width ?? 324, height: node.height ?? 200 }
      const measured = sizes.get(node.id)
      if (measured) return measured
      const known = guesses.get(node.data)
      if (known) return known
      const guess = guessed(node)
      guesses.set(node.data, guess)
      return guess
    },
    measured(id, size) {
      const known = sizes.get(id)
      sizes.set(id, size)
      if (known?.width === size.width && known.height === size.height) return
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function guessed({ data }: FlowNode): Size {
  if (data.showNode === false) return MINIMISED
  const fields = fieldsOf(data.node).filter(
    ([, field]) => field.show !== false && !field.advanced && field.type !== 'code',
  )
  return { width: WIDTH, height: 110 + fields.length * 68 + (data.node.outputs?.length ?? 1) * 32 }
}

export const rectOf = (node: FlowNode, sizes: NodeSizes): Rect => ({ ...node.position, ...sizes.of(node) })

/** What some nodes take up together; undefined of none. */
export const boundsOf = (nodes: FlowDocument['nodes'], sizes: NodeSizes): Rect | undefined =>
  around(nodes.map((node) => rectOf(node, sizes)))

/** The least that holds all of these; undefined of none. */
export function around(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export const contains = (outer: Rect, inner: Rect): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height

/** A rectangle with room around it, as a share of its size. */
export const widened = ({ x, y, width, height }: Rect, share: number): Rect => ({
  x: x - width * share,
  y: y - height * share,
  width: width * (1 + 2 * share),
  height: height * (1 + 2 * share),
})
