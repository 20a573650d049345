import { expect, test } from 'vitest'
import { snapToOthers } from './smart-guides.ts'

const other = { x: 100, y: 200, width: 300, height: 80 }

test('a box near the left edge of another goes on to it, and the line spans both', () => {
  expect(snapToOthers({ x: 104, y: 500, width: 200, height: 40 }, [other], 6)).toEqual({
    by: { x: -4, y: 0 },
    lines: [{ axis: 'x', at: 100, from: 200, to: 540 }],
  })
})

test('middles attract as edges do, on both axes at once', () => {
  const { by, lines } = snapToOthers({ x: 603, y: 222, width: 100, height: 40 }, [other], 6)
  expect(by).toEqual({ x: 0, y: -2 })
  expect(lines).toEqual([{ axis: 'y', at: 240, from: 100, to: 703 }])
})

test('out of reach nothing attracts', () => {
  expect(snapToOthers({ x: 500, y: 500, width: 10, height: 10 }, [other], 6)).toEqual({
    by: { x: 0, y: 0 },
    lines: [],
  })
})

test('of equal lines the one of the nearest node is shown', () => {
  const far = { ...other, y: 5000 }
  expect(snapToOthers({ x: 100, y: 400, width: 1, height: 40 }, [far, other], 6).lines).toEqual([
    { axis: 'x', at: 100, from: 200, to: 440 },
  ])
})
