import { expect, test } from 'vitest'
import { depthBelow, pathBelow } from './loop-path.ts'

const from = { x: 900, y: 300 }
const to = { x: 100, y: 200 }
const node = (x: number, y: number, height = 200) => ({ x, y, width: 320, height })

test('the way back of a loop runs below the nodes in its way, one below the other too', () => {
  expect(depthBelow([node(500, 0)], from, to)).toBe(460)
  expect(depthBelow([node(500, 400)], from, to)).toBe(632)
  expect(depthBelow([node(0, 620), node(500, 400)], from, to)).toBe(852)
})

test('nodes beside it, and those far below, are not in its way', () => {
  expect(depthBelow([node(1100, 400), node(-500, 400), node(500, 900)], from, to)).toBe(460)
})

test('it leaves to the right, and comes in from the left', () => {
  expect(pathBelow(from, to, 460)).toEqual([
    'M900,300 C1020,300 1020,460 900,460 L100,460 C-20,460 -20,200 100,200',
    500,
    460,
  ])
})
