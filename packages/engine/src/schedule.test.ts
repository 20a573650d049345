import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSchedule } from './schedule.ts'
import { type SelectionRequest, selectNodes } from './selection.ts'
import { createTopology } from './topology.ts'

type Edge = readonly [source: number, target: number, output?: string]
interface Shape {
  readonly loops?: Readonly<Record<number, string>>
  readonly feedback?: readonly (readonly [number, number])[]
  readonly roots?: readonly number[]
}

function topologyOf(size: number, edges: readonly Edge[], { loops = {}, feedback = [], roots }: Shape = {}) {
  return createTopology(
    size,
    edges.map(([source, target, output = 'out']) => ({
      source,
      target,
      output,
      isFeedback: feedback.some(([from, to]) => from === source && to === target),
    })),
    Array.from({ length: size }, (_, node) => loops[node]),
    roots,
  )
}

/** Runs a schedule to its end, one node at a time; `stops` says what a node stops on its nth run. */
function play(
  topology: ReturnType<typeof topologyOf>,
  stops: (node: number, run: number) => readonly string[] = () => [],
  request: SelectionRequest = {},
): number[] {
  const schedule = createSchedule(topology, selectNodes(topology, request))
  const queue = [...schedule.first]
  const order: number[] = []
  const runs = new Map<number, number>()
  for (let node = queue.shift(); node !== undefined || queue.push(...schedule.enterCycle()) > 0; node = queue.shift()) {
    if (node === undefined) continue
    order.push(node)
    runs.set(node, (runs.get(node) ?? 0) + 1)
    if (order.length > 500) throw new Error('does not end')
    queue.push(...schedule.finish(node, new Set(stops(node, runs.get(node) ?? 0))))
  }
  return order
}

describe('a schedule', () => {
  test('starts both arms of a diamond before the join', () => {
    expect(
      play(
        topologyOf(4, [
          [0, 1],
          [0, 2],
          [1, 3],
          [2, 3],
        ]),
      ),
    ).toEqual([0, 1, 2, 3])
  })

  test('starts what a successor still needs when it is first reached', () => {
    // 0 chat input -> 2 model -> 3 output; 1 prompt -> 2
    const topology = topologyOf(4, [
      [0, 2],
      [1, 2],
      [2, 3],
    ])
    expect(play(topology, () => [], { chatInputs: [0] })).toEqual([0, 1, 2, 3])
  })

  test('leaves an island alone in a flow with a chat input', () => {
    expect(
      play(
        topologyOf(4, [
          [0, 1],
          [2, 3],
        ]),
        () => [],
        { chatInputs: [0] },
      ),
    ).toEqual([0, 1])
  })

  test('to all ends runs the island too, and still not what only serves a stopped branch', () => {
    // 0 chat input -> 1 (yes), 2 (no); 3 -> 2; 4 -> 5 is an island; 6 -> 2 and 7, an end of its own
    const topology = topologyOf(8, [
      [0, 1, 'yes'],
      [0, 2, 'no'],
      [3, 2],
      [4, 5],
      [6, 2],
      [6, 7],
    ])
    const stops = (node: number) => (node === 0 ? ['no'] : [])
    expect(play(topology, stops, { chatInputs: [0] })).toEqual([0, 1])
    expect(play(topology, stops, { chatInputs: [0], toAllEnds: true })).toEqual([0, 4, 6, 1, 5, 7])
  })

  test('runs a node and what it needs when told to stop there', () => {
    const topology = topologyOf(4, [
      [0, 1],
      [1, 2],
      [3, 1],
    ])
    expect(play(topology, () => [], { stop: 1 }).sort()).toEqual([0, 1, 3])
  })

  test('skips a stopped branch with all that only serves it', () => {
    // 0 router -> 1 (yes), 2 (no); 3 -> 2 serves the stopped branch alone
    const topology = topologyOf(5, [
      [0, 1, 'yes'],
      [0, 2, 'no'],
      [3, 2],
      [2, 4],
    ])
    const order = play(topology, (node) => (node === 0 ? ['no'] : []), { start: 0, chatInputs: [] })
    expect(order.filter((node) => node !== 3)).toEqual([0, 1])
  })

  test('runs the node where both ways of a router meet', () => {
    const topology = topologyOf(5, [
      [0, 1, 'yes'],
      [0, 2, 'no'],
      [1, 3],
      [2, 3],
      [3, 4],
    ])
    expect(play(topology, (node) => (node === 0 ? ['no'] : []))).toEqual([0, 1, 3, 4])
  })

  test('skips a join when every way to it is stopped', () => {
    const topology = topologyOf(4, [
      [0, 1, 'yes'],
      [0, 2, 'no'],
      [2, 3],
    ])
    expect(play(topology, (node) => (node === 0 ? ['no'] : []))).toEqual([0, 1])
  })

  test('skips a node whose live input does not come from the router', () => {
    const topology = topologyOf(3, [
      [0, 2, 'no'],
      [1, 2],
    ])
    expect(play(topology, (node) => (node === 0 ? ['no'] : []))).toEqual([0, 1])
  })

  describe('with a loop', () => {
    // 0 source -> 1 loop -item-> 2 -> 3 => 1; 1 -done-> 4; 5 constant -> 3
    const edges: readonly Edge[] = [
      [0, 1],
      [1, 2, 'item'],
      [2, 3],
      [3, 1],
      [1, 4, 'done'],
      [5, 3],
    ]
    const topology = topologyOf(6, edges, { loops: { 1: 'item' }, feedback: [[3, 1]] })
    const stopsOf = (elements: number) => (node: number, run: number) =>
      node !== 1 ? [] : run <= elements ? ['done'] : ['item']

    test('runs the body once per element, then what is behind done', () => {
      const order = play(topology, stopsOf(2))
      expect(order.filter((node) => node !== 5 && node !== 0)).toEqual([1, 2, 3, 1, 2, 3, 1, 4])
      expect(order.filter((node) => node === 5)).toEqual([5])
    })

    test('goes straight to done without elements', () => {
      expect(play(topology, stopsOf(0)).filter((node) => node !== 5)).toEqual([0, 1, 4])
    })

    test('runs a side branch of the body once per element', () => {
      const withSide = topologyOf(
        5,
        [
          [0, 1],
          [1, 2, 'item'],
          [2, 1],
          [2, 3],
          [1, 4, 'done'],
        ],
        {
          loops: { 1: 'item' },
          feedback: [[2, 1]],
        },
      )
      const order = play(withSide, stopsOf(2))
      expect(order.filter((node) => node === 3)).toHaveLength(2)
      expect(order.at(-1)).toBe(4)
    })

    test('starts an inner loop anew for each outer element', () => {
      // 0 outer -item-> 1 inner -item-> 2 => 1; inner -done-> 3 => 0; 0 -done-> 4
      const nested = topologyOf(
        5,
        [
          [0, 1, 'item'],
          [1, 2, 'item'],
          [2, 1],
          [1, 3, 'done'],
          [3, 0],
          [0, 4, 'done'],
        ],
        {
          loops: { 0: 'item', 1: 'item' },
          feedback: [
            [2, 1],
            [3, 0],
          ],
          roots: [0],
        },
      )
      let innerRuns = 0
      const order = play(nested, (node, run) => {
        if (node === 0) return run <= 2 ? ['done'] : ['item']
        if (node !== 1) return []
        innerRuns++
        return innerRuns % 3 === 0 ? ['item'] : ['done']
      })
      expect(order).toEqual([0, 1, 2, 1, 2, 1, 3, 0, 1, 2, 1, 2, 1, 3, 0, 4])
    })
  })

  test('does not enter a cycle again behind a member that failed', () => {
    // 0 -> 1 and 2, which feed each other; 2 -> 3
    const topology = topologyOf(
      4,
      [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 1],
        [2, 3],
      ],
      { roots: [0] },
    )
    const schedule = createSchedule(topology, selectNodes(topology, {}))
    expect(schedule.finish(0)).toEqual([])
    expect(schedule.enterCycle()).toEqual([1])
    schedule.fail(1)
    expect(schedule.enterCycle()).toEqual([])
  })

  test('names what is skipped, in the order of the flow', () => {
    const topology = topologyOf(4, [
      [3, 2, 'no'],
      [2, 1],
      [3, 0],
    ])
    const schedule = createSchedule(topology, selectNodes(topology, {}))
    schedule.finish(3, new Set(['no']))
    expect(schedule.skipped()).toEqual([1, 2])
  })

  test('goes round a cycle that an If-Else ends', () => {
    // 0 chat -> 1 -> 2 router -again-> 3 -> 1; 2 -good-> 4
    const topology = topologyOf(
      5,
      [
        [0, 1],
        [1, 2],
        [2, 3, 'again'],
        [3, 1],
        [2, 4, 'good'],
      ],
      { roots: [0] },
    )
    const order = play(topology, (node, run) => (node === 2 ? (run < 3 ? ['good'] : ['again']) : []))
    expect(order).toEqual([0, 1, 2, 3, 1, 2, 3, 1, 2, 4])
  })
})

const dag = fc.integer({ min: 2, max: 14 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.array(
      fc
        .tuple(fc.nat(size - 1), fc.nat(size - 1))
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
      { maxLength: 30 },
    ),
  }),
)

describe('properties over graphs without cycles', () => {
  test('every node runs once, after all it needs', () => {
    fc.assert(
      fc.property(dag, ({ size, edges }) => {
        const order = play(topologyOf(size, edges))
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, node) => node))
        for (const [source, target] of edges) expect(order.indexOf(source)).toBeLessThan(order.indexOf(target))
      }),
    )
  })

  test('a run to all ends runs every node once, whichever of them is the chat input', () => {
    fc.assert(
      fc.property(dag, fc.nat(), ({ size, edges }, pick) => {
        const order = play(topologyOf(size, edges), () => [], { chatInputs: [pick % size], toAllEnds: true })
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, node) => node))
        for (const [source, target] of edges) expect(order.indexOf(source)).toBeLessThan(order.indexOf(target))
      }),
    )
  })

  // Which of two roots of a node runs first decides whether the other is still needed when the first one stops that node.
  test('a run to all ends runs what the chat input alone would, but what only serves what is stopped', () => {
    fc.assert(
      fc.property(dag, fc.nat(), fc.nat(), ({ size, edges }, pick, router) => {
        const request = { chatInputs: [pick % size] }
        const stops = (node: number) => (node === router % size ? ['out'] : [])
        const alone = play(topologyOf(size, edges), stops, request)
        const all = play(topologyOf(size, edges), stops, { ...request, toAllEnds: true })
        for (const node of alone.filter((node) => !all.includes(node))) {
          const served = edges.filter(([source]) => source === node).map(([, target]) => target)
          expect(served).not.toEqual([])
          for (const target of served) expect(all).not.toContain(target)
        }
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })

  test('a stop runs exactly the ancestors of the node', () => {
    fc.assert(
      fc.property(dag, fc.nat(), ({ size, edges }, pick) => {
        const stop = pick % size
        const needed = new Set([stop])
        for (const node of needed) for (const [source, target] of edges) if (target === node) needed.add(source)
        expect(new Set(play(topologyOf(size, edges), () => [], { stop }))).toEqual(needed)
      }),
    )
  })

  test('what only a stopped output leads to never runs, and nothing runs twice', () => {
    fc.assert(
      fc.property(dag, fc.nat(), ({ size, edges }, pick) => {
        const router = pick % size
        const order = play(topologyOf(size, edges), (node) => (node === router ? ['out'] : []))
        const behind = new Set<number>()
        for (const [source, target] of [...edges].sort((a, b) => a[0] - b[0])) {
          if (source === router || behind.has(source)) behind.add(target)
        }
        expect(new Set(order).size).toBe(order.length)
        for (const node of order) expect(behind.has(node)).toBe(false)
      }),
    )
  })
})
