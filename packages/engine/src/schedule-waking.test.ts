import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSchedule } from './schedule.ts'
import { selectNodes } from './selection.ts'
import { createTopology } from './topology.ts'

interface Graph {
  readonly size: number
  readonly edges: readonly (readonly [number, number])[]
  /** Who wakes whom, when it runs for the first time. */
  readonly wakes: readonly (readonly [number, number])[]
  /** Which of the nodes at work ends next, again and again. */
  readonly order: readonly number[]
  readonly start: number | undefined
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 9 }).chain((size) => {
  const node = fc.nat(size - 1)
  return fc.record({
    size: fc.constant(size),
    // Later nodes follow earlier ones, so that there are no cycles.
    edges: fc
      .array(fc.tuple(node, node), { maxLength: 14 })
      .map((pairs) => pairs.filter(([a, b]) => a < b).map(([a, b]) => [a, b] as const)),
    wakes: fc.array(fc.tuple(node, node), { maxLength: 5 }),
    order: fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }),
    start: fc.option(node, { nil: undefined }),
  })
})

/** Starts and ends of nodes, in turn. */
function play({ size, edges, wakes, order, start }: Graph) {
  const topology = createTopology(
    size,
    edges.map(([source, target]) => ({ source, target, output: 'out', isFeedback: false })),
    Array.from({ length: size }, () => undefined),
  )
  const schedule = createSchedule(topology, selectNodes(topology, { ...(start !== undefined && { start }) }))
  const atWork = [...schedule.first]
  const happened: { readonly what: 'start' | 'end'; readonly node: number }[] = []
  for (const node of atWork) happened.push({ what: 'start', node })
  const hasRun = new Set<number>()
  for (let turn = 0; atWork.length > 0; turn++) {
    if (turn > 500) throw new Error('does not end')
    const [node = 0] = atWork.splice((order[turn % order.length] ?? 0) % atWork.length, 1)
    happened.push({ what: 'end', node })
    const woken = hasRun.has(node) ? [] : wakes.filter(([by]) => by === node).map(([, listener]) => listener)
    hasRun.add(node)
    for (const next of schedule.finish(node, undefined, woken)) {
      if (atWork.includes(next)) throw new Error(`${next} is started while it runs`)
      atWork.push(next)
      happened.push({ what: 'start', node: next })
    }
  }
  return happened
}

test('a run in which nodes wake others ends', () => {
  fc.assert(fc.property(graphs, (graph) => play(graph).length >= 0))
})

test('who was woken begins after it was, and all behind it after that', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const happened = play(graph)
      const last = (what: 'start' | 'end', node: number) =>
        happened.findLastIndex((event) => event.what === what && event.node === node)
      for (const [by, listener] of graph.wakes) {
        const told = happened.findIndex(({ what, node }) => what === 'end' && node === by)
        if (told === -1) continue
        expect(last('start', listener)).toBeGreaterThan(told)
        for (const [source, target] of graph.edges) {
          if (source === listener) expect(last('start', target)).toBeGreaterThan(last('end', listener))
        }
      }
    }),
  )
})
