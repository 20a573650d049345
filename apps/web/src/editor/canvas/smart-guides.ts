import type { Point } from '../model/flow-document.ts'
import type { Rect } from './node-sizes.ts'

/** A line two nodes share, in units of the flow. */
export interface GuideLine {
  readonly axis: 'x' | 'y'
  /** Where it stands on its axis, and from where to where it goes on the other. */
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Snap {
  /** How far the box has to go on to stand on the lines. */
  readonly by: Point
  readonly lines: readonly GuideLine[]
}

const SIZES = { x: 'width', y: 'height' } as const
const OTHER = { x: 'y', y: 'x' } as const

/** Edges and middle of a box on an axis. */
const marksOf = (rect: Rect, axis: 'x' | 'y'): readonly number[] => {
  const [start, size] = [rect[axis], rect[SIZES[axis]]]
  return [start, start + size / 2, start + size]
}

/**
 * Where a box that is being moved lines up with others: left, middle or right, top, middle or bottom.
 * @param reach units of the flow a line attracts from
 */
export function snapToOthers(box: Rect, others: readonly Rect[], reach: number): Snap {
  const [x, y] = [nearestMark(box, others, 'x', reach), nearestMark(box, others, 'y', reach)]
  const moved = { ...box, x: box.x + (x?.by ?? 0), y: box.y + (y?.by ?? 0) }
  return {
    by: { x: x?.by ?? 0, y: y?.by ?? 0 },
    lines: [...(x ? [lineOf('x', x.at, moved, x.other)] : []), ...(y ? [lineOf('y', y.at, moved, y.other)] : [])],
  }
}

function nearestMark(box: Rect, others: readonly Rect[], axis: 'x' | 'y', reach: number) {
  const own = marksOf(box, axis)
  let best: { readonly by: number; readonly at: number; readonly other: Rect } | undefined
  let [least, apart] = [reach, Number.POSITIVE_INFINITY]
  for (const other of others) {
    const away = Math.abs(other[OTHER[axis]] - box[OTHER[axis]])
    for (const at of marksOf(other, axis)) {
      for (const mark of own) {
        const distance = Math.abs(at - mark)
        // Of equal lines that of the nearest node: the shortest one.
        if (distance > least || (distance === least && away >= apart)) continue
        ;[least, apart] = [distance, away]
        best = { by: at - mark, at, other }
      }
    }
  }
  return best
}

function lineOf(axis: 'x' | 'y', at: number, box: Rect, other: Rect): GuideLine {
  const across = OTHER[axis]
  const ends = [box, other].flatMap((rect) => [rect[across], rect[across] + rect[SIZES[across]]])
  return { axis, at, from: Math.min(...ends), to: Math.max(...ends) }
}
