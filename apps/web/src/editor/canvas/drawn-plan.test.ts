import { describe, expect, test } from 'vitest'
import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { type Attention, nextDrawn, type Plan, planOf } from './drawn-plan.ts'
import type { NodeSizes } from './node-sizes.ts'

const sizes: NodeSizes = {
  of: () => ({ width: 100, height: 100 }),
  measured: () => undefined,
  watch: () => () => undefined,
}

/** Nodes in one row, 200 apart, each with an edge from the one before it. */
function row(count: number): FlowDocument {
  const nodes = Array.from(
    { length: count },
    (_, at) => ({ id: `n${at}`, position: { x: at * 200, y: 0 } }) as FlowNode,
  )
  const edges = nodes.slice(1).map(({ id }, at) => ({ id: `e${at}`, source: `n${at}`, target: id }))
  return { nodes, edges } as unknown as FlowDocument
}
const at = (x: number, width: number): Attention => ({
  view: { x, y: 0, width, height: 100 },
  hovered: undefined,
  selected: [],
})
const plan = (now: readonly string[], soon: readonly string[] = [], kept = 0): Plan => ({
  now,
  soon,
  kept,
  covers: undefined,
})

describe('what should be an element', () => {
  test('is at once what is in view, from its middle on, and soon what is around it and at the ends of its edges', () => {
    const { now, soon } = planOf(row(100), sizes, at(1000, 500), undefined)
    expect(now).toEqual(['n6', 'n5', 'n7'])
    expect([...soon].sort()).toEqual(['n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'])
  })
  test('is what is selected and pointed at, with its neighbours, when the view shows too many', () => {
    const attention = { ...at(0, 20_000), hovered: 'n50', selected: ['n10'] }
    expect(planOf(row(100), sizes, attention, undefined)).toEqual(plan(['n50', 'n10', 'n49', 'n51', 'n9', 'n11']))
  })
  test('stays the same around the view while the view has not moved far', () => {
    const before = planOf(row(100), sizes, at(1000, 500), undefined)
    expect(planOf(row(100), sizes, at(1100, 500), before).soon).toBe(before.soon)
    expect(planOf(row(100), sizes, at(2000, 500), before).soon).not.toBe(before.soon)
  })
})

describe('the elements of the next frame', () => {
  test('are as many more as there is room for, of what is seen first', () => {
    const next = nextDrawn(new Set(['a']), plan(['a', 'b', 'c'], ['d']), { room: 1, isMoving: true })
    expect([...next]).toEqual(['a', 'b'])
  })
  test('are not made ahead nor dropped while the view moves', () => {
    const drawn = new Set(['a', 'old'])
    expect(nextDrawn(drawn, plan(['a'], ['d']), { room: 3, isMoving: true })).toBe(drawn)
  })
  test('are dropped, the oldest first, once more are kept than may be', () => {
    const drawn = new Set(['old', 'older', 'a', 'b'])
    const rests = { room: 3, isMoving: false }
    expect([...nextDrawn(drawn, plan(['a', 'b'], [], 3), rests)]).toEqual(['older', 'a', 'b'])
    expect([...nextDrawn(drawn, plan(['a', 'b'], [], 0), rests)]).toEqual(['a', 'b'])
  })
  test('are the same set when there is nothing to do', () => {
    const drawn = new Set(['a', 'old'])
    expect(nextDrawn(drawn, plan(['a'], [], 5), { room: 3, isMoving: false })).toBe(drawn)
  })
})
