import type { Rect } from './node-sizes.ts'

/** How far below the handles a way back runs at least, how far beyond them it reaches, and what it keeps from nodes. */
const [DEPTH, REACH, ROOM] = [160, 120, 32]

/** Where the way back of a loop begins or ends. */
export interface End {
  readonly x: number
  readonly y: number
}

/** How deep the way back of a loop runs, so that it lies below each node it would otherwise cross. */
export function depthBelow(nodes: readonly Rect[], from: End, to: End): number {
  const [left, right] = [Math.min(from.x, to.x) - REACH, Math.max(from.x, to.x) + REACH]
  const below = nodes.filter(({ x, width }) => x < right && x + width > left).toSorted((a, b) => a.y - b.y)
  let depth = Math.max(from.y, to.y) + DEPTH
  for (const { y, height } of below) {
    if (y - ROOM < depth && y + height + ROOM > depth) depth = y + height + ROOM
  }
  return depth
}

/** Around the nodes from below: the way back of a loop, and its middle. */
export function pathBelow(from: End, to: End, depth: number): readonly [string, number, number] {
  const path = `M${from.x},${from.y} C${from.x + REACH},${from.y} ${from.x + REACH},${depth} ${from.x},${depth} L${to.x},${depth} C${to.x - REACH},${depth} ${to.x - REACH},${to.y} ${to.x},${to.y}`
  return [path, (from.x + to.x) / 2, depth]
}
