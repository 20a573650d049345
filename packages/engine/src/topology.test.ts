import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { descendantsOf, joinedTo, selectNodes } from './selection.ts'
import { createTopology } from './topology.ts'

const topologyOf = (size: number, pairs: readonly (readonly [number, number])[], roots: readonly number[] = []) =>
  createTopology(
    size,
    pairs.map(([source, target]) => ({ source, target, output: 'out', isFeedback: false })),
    new Array<undefined>(size).fill(undefined),
    roots,
  )

describe('a topology', () => {
  test('numbers the cycles, and -1 for all else', () => {
    const { cycle } = topologyOf(7, [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [4, 5],
      [5, 4],
      [6, 6],
    ])
    expect([cycle[0], cycle[3]]).toEqual([-1, -1])
    expect(cycle[1]).toBe(cycle[2])
    expect(cycle[4]).toBe(cycle[5])
    expect(new Set([cycle[1], cycle[4], cycle[6]]).size).toBe(3)
  })

  test('counts the steps from the roots, else from the nodes nothing feeds', () => {
    expect(
      topologyOf(4, [
        [0, 1],
        [1, 2],
        [0, 2],
      ]).distance,
    ).toEqual([0, 1, 1, 0])
    expect(
      topologyOf(
        4,
        [
          [0, 1],
          [1, 2],
          [0, 2],
        ],
        [1],
      ).distance,
    ).toEqual([Number.POSITIVE_INFINITY, 0, 1, Number.POSITIVE_INFINITY])
  })

  test('of a ring of 100 000 nodes is found without recursion', () => {
    const { cycle } = topologyOf(
      100_000,
      Array.from({ length: 100_000 }, (_, node) => [node, (node + 1) % 100_000] as const),
    )
    expect(new Set(cycle)).toEqual(new Set([0]))
  })

  test('puts two nodes into one cycle exactly when each can be reached from the other', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 })),
      )
    fc.assert(
      fc.property(graph, ([size, pairs]) => {
        const topology = topologyOf(size, pairs)
        const reach = Array.from({ length: size }, (_, node) => descendantsOf(topology, node))
        for (let a = 0; a < size; a++) {
          expect(topology.cycle[a] !== -1).toBe(reach[a]?.has(a))
          for (let b = 0; b < size; b++) {
            if (a === b || topology.cycle[a] === -1) continue
            expect(topology.cycle[a] === topology.cycle[b]).toBe(Boolean(reach[a]?.has(b) && reach[b]?.has(a)))
          }
        }
      }),
    )
  })
})

describe('what runs', () => {
  const diamond = topologyOf(6, [
    [0, 2],
    [1, 2],
    [2, 3],
    [4, 5],
  ])
  const kept = (request: Parameters<typeof selectNodes>[1], topology = diamond) => {
    const { keep, first } = selectNodes(topology, request)
    return { keep: keep.flatMap((isKept, node) => (isKept ? [node] : [])), first }
  }

  test.each([
    ['is everything', {}, { keep: [0, 1, 2, 3, 4, 5], first: [0, 1, 4] }],
    ['is everything from the lone chat input', { chatInputs: [0] }, { keep: [0, 1, 2, 3, 4, 5], first: [0] }],
    [
      'is everything, from every end too',
      { chatInputs: [0], toAllEnds: true },
      { keep: [0, 1, 2, 3, 4, 5], first: [0, 4] },
    ],
    [
      'is everything when the chat input is fed itself',
      { chatInputs: [2] },
      { keep: [0, 1, 2, 3, 4, 5], first: [0, 1, 4] },
    ],
    ['is what a node needs', { stop: 2 }, { keep: [0, 1, 2], first: [0, 1] }],
    ['is what follows a node, and what that needs', { start: 0 }, { keep: [0, 1, 2, 3], first: [0, 1] }],
    ['is that and what other nodes need', { start: 0, also: [5] }, { keep: [0, 1, 2, 3, 4, 5], first: [0, 1, 4] }],
    ['is no more when it ends at a node', { stop: 4, also: [3] }, { keep: [4], first: [4] }],
  ])('%s', (_, request, expected) => {
    expect(kept(request)).toEqual(expected)
  })

  test('to all ends begins beside the chat input where a cycle is the end', () => {
    // 0 chat -> 1; 2 -> 3, which 4 feeds back
    const looped = topologyOf(5, [
      [0, 1],
      [2, 3],
      [3, 4],
      [4, 3],
    ])
    expect(kept({ chatInputs: [0], toAllEnds: true }, looped).first).toEqual([0, 2])
    expect(kept({ chatInputs: [0], toAllEnds: true, stop: 1 }, looped)).toEqual({ keep: [0, 1], first: [0] })
  })

  test('begins in a cycle where it would have to end', () => {
    const ring = topologyOf(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ])
    expect(kept({ stop: 1 }, ring)).toEqual({ keep: [0, 1, 2], first: [1] })
    expect(kept({}, ring)).toEqual({ keep: [0, 1, 2], first: [0] })
  })

  test('is refused for two chat inputs, or a start with a stop', () => {
    expect(() => kept({ chatInputs: [0, 1] })).toThrow('Only one chat input is allowed in the graph')
    expect(() => kept({ start: 0, stop: 1 })).toThrow(
      'You can only provide one of stop_component_id or start_component_id',
    )
  })

  test('comes to all that edges join to where it begins, as far as it is kept', () => {
    const everything = [true, true, true, true, true, true]
    const joined = (keep: readonly boolean[], ...from: readonly number[]) => [...joinedTo(diamond, keep, from)].sort()
    expect(joined(everything, 0)).toEqual([0, 1, 2, 3])
    expect(joined(everything, 0, 5)).toEqual([0, 1, 2, 3, 4, 5])
    expect(joined([true, false, true, false, true, true], 0)).toEqual([0, 2])
  })

  test('is nothing in an empty flow', () => {
    expect(kept({}, topologyOf(0, []))).toEqual({ keep: [], first: [] })
  })
})
