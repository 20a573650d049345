import { data, defineComponent, message, type RunContext } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { afterEach, describe, expect, test } from 'vitest'
import { echo, testGraph, testPorts, testRun, textOf, toy } from './test-run.ts'

describe('the outputs of a node', () => {
  const calls: string[] = []
  const output = (name: string, label = name) => ({
    type: 'Message' as const,
    label,
    method: `build_${name}`,
    run: ({ context }: { readonly context: RunContext }) => {
      calls.push(name)
      context.log(name, `made ${name}`)
      return message(name)
    },
  })
  const two = defineComponent({
    type: 'Two',
    displayName: 'Two',
    description: '',
    icon: '',
    category: '',
    inputs: {},
    outputs: { first: output('first'), second: output('second') },
  })
  afterEach(() => void calls.splice(0))

  test('are all computed, in order, at the end of a flow', async () => {
    const { results } = await testRun(testGraph([two], flow({ a: two })))
    expect(calls).toEqual(['first', 'second'])
    expect([...(results.get('Two-a')?.outputs.keys() ?? [])]).toEqual(['first', 'second'])
  })

  test('are computed only where an edge leaves, and read by name', async () => {
    const run = await testRun(testGraph([two, echo], flow({ a: two, b: echo }, ['a.second -> b.text'])))
    expect(calls).toEqual(['second'])
    expect(textOf(run.value('Echo-b'))).toBe('second')
  })

  test('have each their own log', async () => {
    const { results } = await testRun(testGraph([two], flow({ a: two })))
    expect(Object.fromEntries(results.get('Two-a')?.logs ?? [])).toEqual({
      first: [{ name: 'first', message: 'made first', type: 'text', at: expect.any(Number) }],
      second: [{ name: 'second', message: 'made second', type: 'text', at: expect.any(Number) }],
    })
  })

  test('that the component does not have fail the node and name those it has', async () => {
    const built = flow({ a: two, b: echo }, ['a.first -> b.text'])
    const renamed = JSON.parse(
      JSON.stringify(built).replaceAll('"name":"first"', '"name":"gone"').replaceAll('build_first', 'x'),
    )
    const { events } = await testRun(testGraph([two, echo], renamed))
    expect(events.find(({ type }) => type === 'node-error')).toMatchObject({
      failure: { nodeId: 'Two-a', reason: 'Output "gone" is not one of this component here. It has: first, second.' },
    })
  })

  test('are filtered by the path the file gives', async () => {
    const source = toy('Source', () => data({ a: { b: [{ c: 1 }, { c: 2 }] } }))
    const at = async (filter: string) => {
      const outputs = [{ name: 'out', types: ['Data'], method: 'build_out', options: { filter } }]
      return (await testRun(testGraph([source], flow({ a: { component: source, node: { outputs } } })))).value(
        'Source-a',
      )
    }
    expect(await at('.a.b[1]')).toEqual(data({ c: 2 }))
    expect(await at('.a.b')).toEqual(data({ result: [{ c: 1 }, { c: 2 }] }))
    expect(await at('.constructor')).toEqual(data({ result: undefined }))
    expect(await at('')).toEqual(data({ a: { b: [{ c: 1 }, { c: 2 }] } }))
  })

  test('that are messages belong to the flow', async () => {
    const run = await testRun(testGraph([two], flow({ a: two })))
    expect(run.value('Two-a', 'first')).toMatchObject({ flow_id: 'flow-1' })
  })
})

describe('a router', () => {
  const both = defineComponent({
    type: 'Router',
    displayName: 'Router',
    description: '',
    icon: '',
    category: '',
    routes: true,
    inputs: {},
    outputs: {
      yes: { type: 'Message', label: 'Yes', method: 'yes', run: () => message('yes') },
      no: {
        type: 'Message',
        label: 'No',
        method: 'no',
        run: ({ context }) => {
          context.routes.stop('no')
          return message('')
        },
      },
    },
  })
  const specs = { r: both, a: echo, b: echo, c: { component: echo, set: { text: 'own' } } }
  const edges = ['r.yes -> a.text', 'r.no -> b.text', 'a.out -> c.texts', 'b.out -> c.text']

  test('skips the branch it stops; where the branches meet, its input has the value of the file', async () => {
    const run = await testRun(testGraph([both, echo], flow(specs, edges)))
    expect(run.started).toEqual(['Router-r', 'Echo-a', 'Echo-c'])
    expect(textOf(run.value('Echo-c'))).toBe('ownyes')
    expect(run.events.find((event) => event.type === 'node-end' && event.nodeId === 'Router-r')).toMatchObject({
      next: ['Echo-a'],
      skipped: ['Echo-b'],
    })
  })

  test('that is frozen stops what it stopped', async () => {
    const graph = testGraph([both, echo], flow({ ...specs, r: { component: both, node: { frozen: true } } }, edges))
    const ports = testPorts()
    await testRun(graph, { ports: { cache: ports.cache } })
    const again = await testRun(graph, { ports: { cache: ports.cache } })
    expect(again.started).toEqual(['Router-r', 'Echo-a', 'Echo-c'])
    expect(again.results.get('Router-r')?.usedFrozenResult).toBe(true)
  })
})

describe('a frozen node', () => {
  let made = 0
  const counter = toy('Counter', () => message(String(++made)))
  const built = (frozen: boolean) => testGraph([counter], flow({ a: { component: counter, node: { frozen } } }))

  test('gives its last result without running', async () => {
    const { cache } = testPorts()
    const values: unknown[] = []
    for (let turn = 0; turn < 2; turn++)
      values.push(textOf((await testRun(built(true), { ports: { cache } })).value('Counter-a')))
    expect(values[0]).toBe(values[1])
  })

  test('gives what it gave before it was frozen, where all results are kept', async () => {
    const { cache } = testPorts()
    const first = await testRun(built(false), { ports: { cache }, request: { cacheAll: true } })
    const frozen = await testRun(built(true), { ports: { cache } })
    expect(textOf(frozen.value('Counter-a'))).toBe(textOf(first.value('Counter-a')))
    const other = await testRun(built(false), { ports: { cache } })
    expect(textOf(other.value('Counter-a'))).not.toBe(textOf(first.value('Counter-a')))
  })
})

describe('names that every object has', () => {
  test('are only names of fields, nodes and outputs', async () => {
    const spy = toy('Spy', (_, __, dynamic) => data({ keys: Object.keys(dynamic), inherited: dynamic.toString }))
    const hostile = JSON.parse(`{
      "nodes": [{"id": "__proto__", "data": {"type": "Spy", "node": {
        "template": {
          "__proto__": {"type": "str", "value": "x", "show": true},
          "constructor": {"type": "str", "value": "y", "show": true}
        },
        "outputs": [{"name": "__proto__", "method": "build_out"}]
      }}}],
      "edges": []
    }`)
    const { results, error } = await testRun(testGraph([spy], hostile))
    expect(error).toBeUndefined()
    const result = results.get('__proto__')
    expect([...(result?.outputs ?? [])]).toEqual([
      ['out', data({ keys: ['__proto__', 'constructor'], inherited: undefined })],
      ['__proto__', data({ keys: ['__proto__', 'constructor'], inherited: undefined })],
    ])
    expect(Object.keys(result?.inputs ?? {})).toContain('__proto__')
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})
