import type { Point } from '../model/flow-document.ts'

/** A node with its place and size on the canvas, in its units. */
export interface Box extends Point {
  readonly id: string
  readonly width: number
  readonly height: number
}

export type Arrangement = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'columns' | 'rows'

/** Where nodes go to stand in line, or at equal distances. */
export function arranged(boxes: readonly Box[], how: Arrangement): ReadonlyMap<string, Point> {
  const left = Math.min(...boxes.map(({ x }) => x))
  const right = Math.max(...boxes.map(({ x, width }) => x + width))
  const top = Math.min(...boxes.map(({ y }) => y))
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height))
  switch (how) {
    case 'left':
      return moved(boxes, ({ y }) => ({ x: left, y }))
    case 'right':
      return moved(boxes, ({ y, width }) => ({ x: right - width, y }))
    case 'center':
      return moved(boxes, ({ y, width }) => ({ x: (left + right - width) / 2, y }))
    case 'top':
      return moved(boxes, ({ x }) => ({ x, y: top }))
    case 'bottom':
      return moved(boxes, ({ x, height }) => ({ x, y: bottom - height }))
    case 'middle':
      return moved(boxes, ({ x, height }) => ({ x, y: (top + bottom - height) / 2 }))
    case 'columns': {
      const places = spread(
        boxes,
        ({ x }) => x,
        ({ width }) => width,
        right - left,
      )
      return moved(boxes, ({ id, y }) => ({ x: places.get(id) ?? left, y }))
    }
    case 'rows': {
      const places = spread(
        boxes,
        ({ y }) => y,
        ({ height }) => height,
        bottom - top,
      )
      return moved(boxes, ({ id, x }) => ({ x, y: places.get(id) ?? top }))
    }
    default:
      return how satisfies never
  }
}

const moved = (boxes: readonly Box[], to: (box: Box) => Point): ReadonlyMap<string, Point> =>
  new Map(boxes.map((box) => [box.id, to(box)]))

/** Equal gaps between the first and the last, which stay where they are. */
function spread(
  boxes: readonly Box[],
  begin: (box: Box) => number,
  size: (box: Box) => number,
  room: number,
): ReadonlyMap<string, number> {
  const sorted = boxes.toSorted((a, b) => begin(a) - begin(b))
  const used = sorted.reduce((sum, box) => sum + size(box), 0)
  const gap = (room - used) / Math.max(1, sorted.length - 1)
  const places = new Map<string, number>()
  let at = sorted[0] ? begin(sorted[0]) : 0
  for (const box of sorted) {
    places.set(box.id, at)
    at += size(box) + gap
  }
  return places
}
