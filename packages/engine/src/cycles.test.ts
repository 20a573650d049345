import { catalog } from '@runnel/components/catalog'
import { type Component, dataFrame, defineComponent, field, isDataFrame, isMessage, message } from '@runnel/sdk'
import { flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { type TestRunOptions, testGraph, testRun } from './test-run.ts'

const known = (type: string): Component => {
  const component = catalog.find((one) => one.type === type)
  if (!component) throw new Error(`No component ${type}`)
  return component
}
const loop = known('LoopComponent')
const router = known('ConditionalRouter')

const table = (rows: readonly Readonly<Record<string, unknown>>[]): Component =>
  defineComponent({
    type: 'Table',
    displayName: 'Table',
    description: '',
    icon: '',
    category: '',
    inputs: { text: field.text({ label: 'Text' }) },
    outputs: { out: { type: 'DataFrame', label: 'Out', method: 'out', run: () => dataFrame(rows) } },
  })
const shout = defineComponent({
  type: 'Shout',
  displayName: 'Shout',
  description: '',
  icon: '',
  category: '',
  inputs: { text: field.text({ label: 'Text' }), suffix: field.text({ label: 'Suffix', default: '!' }) },
  outputs: {
    out: { type: 'Message', label: 'Out', method: 'out', run: ({ inputs }) => message(inputs.text + inputs.suffix) },
  },
})
const sink = defineComponent({
  type: 'Sink',
  displayName: 'Sink',
  description: '',
  icon: '',
  category: '',
  inputs: { any: field.handle({ label: 'Any', accepts: ['DataFrame', 'Message'] }) },
  outputs: { out: { type: 'Any', label: 'Out', method: 'out', run: ({ inputs }) => inputs.any } },
})
const texts = (value: unknown) =>
  isDataFrame(value) ? value.rows.map(({ text }) => text) : isMessage(value) ? value.text : value

const run = (specs: Readonly<Record<string, NodeSpec>>, edges: readonly string[], options?: TestRunOptions) => {
  const components = Object.values(specs).map((spec) => ('component' in spec ? spec.component : spec))
  return testRun(testGraph(components, flow(specs, edges)), options)
}

describe('a loop', () => {
  const body = ['t.out -> l.data', 'l.item -> s.text', 's.out => l.item', 'l.done -> e.any']
  const over = (rows: readonly Readonly<Record<string, unknown>>[], options?: TestRunOptions) =>
    run({ t: table(rows), l: loop, s: shout, e: sink }, body, options)

  test('takes each row through its body and gives what came back', async () => {
    const { started, value, error } = await over([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
    expect(error).toBeUndefined()
    expect(started).toEqual([
      'Table-t',
      'LoopComponent-l',
      'Shout-s',
      'LoopComponent-l',
      'Shout-s',
      'LoopComponent-l',
      'Shout-s',
      'LoopComponent-l',
      'Sink-e',
    ])
    expect(texts(value('Sink-e'))).toEqual(['a!', 'b!', 'c!'])
  })

  test('goes straight on without rows', async () => {
    const { started, value } = await over([])
    expect(started).toEqual(['Table-t', 'LoopComponent-l', 'Sink-e'])
    expect(texts(value('Sink-e'))).toEqual([])
  })

  test('goes over more rows than a cycle may have turns', async () => {
    const rows = Array.from({ length: 1_500 }, (_, row) => ({ text: String(row) }))
    const { value, error } = await over(rows, { request: { failFast: true } })
    expect(error).toBeUndefined()
    expect(texts(value('Sink-e'))).toEqual(rows.map(({ text }) => `${text}!`))
  })

  test('lets other work of the process go on, and is cancelled while it computes', async () => {
    const abort = new AbortController()
    const rows = Array.from({ length: 200_000 }, () => ({ text: 'x' }))
    setImmediate(() => abort.abort())
    const { error, started } = await over(rows, { signal: abort.signal })
    expect(error).toMatchObject({ code: 'interrupted' })
    expect(started.length).toBeLessThan(100_000)
  })

  test('runs a frozen body anew for each row', async () => {
    const { value } = await run(
      { t: table([{ text: 'a' }, { text: 'b' }]), l: loop, s: { component: shout, node: { frozen: true } }, e: sink },
      body,
    )
    expect(texts(value('Sink-e'))).toEqual(['a!', 'b!'])
  })

  test('ends with its body when that fails', async () => {
    const bad: Component = {
      ...shout,
      type: 'Bad',
      outputs: {
        out: {
          type: 'Message',
          label: '',
          method: 'out',
          run: () => {
            throw new Error('no')
          },
        },
      },
    }
    const { started, events } = await run({ t: table([{ text: 'a' }, { text: 'b' }]), l: loop, s: bad, e: sink }, body)
    expect(started).toEqual(['Table-t', 'LoopComponent-l', 'Bad-s'])
    expect(events.at(-1)?.type).toBe('run-end')
  })

  test('in a loop begins anew for each outer row', async () => {
    const inner: Component = { ...table([{ text: 'x' }, { text: 'y' }]), type: 'Inner' }
    const join = defineComponent({
      type: 'Join',
      displayName: 'Join',
      description: '',
      icon: '',
      category: '',
      inputs: { any: field.handle({ label: 'Any', accepts: ['DataFrame'] }) },
      outputs: {
        out: { type: 'Message', label: 'Out', method: 'out', run: ({ inputs }) => message(String(texts(inputs.any))) },
      },
    })
    const { value, started } = await run(
      { t: table([{ text: 'a' }, { text: 'b' }]), o: loop, i: inner, l: loop, s: shout, j: join, e: sink },
      [
        't.out -> o.data',
        'o.item -> i.text',
        'i.out -> l.data',
        'l.item -> s.text',
        's.out => l.item',
        'l.done -> j.any',
        'j.out => o.item',
        'o.done -> e.any',
      ],
    )
    expect(texts(value('Sink-e'))).toEqual(['x!,y!', 'x!,y!'])
    expect(started.filter((id) => id === 'Shout-s')).toHaveLength(4)
  })
})

describe('a cycle through an If-Else', () => {
  const specs = (match_text: string, set = {}) => ({
    a: { component: shout, set: { text: 'go', suffix: '' } },
    s: { component: shout, set: { text: 'go' } },
    r: { component: router, set: { operator: 'contains', match_text, ...set } },
    e: sink,
  })
  const edges = ['a.out -> s.text', 's.out -> r.input_text', 'r.false_result -> s.text', 'r.true_result -> e.any']

  test('goes round until the text fits', async () => {
    const { value, started, error } = await run(specs('!!!'), edges)
    expect(error).toBeUndefined()
    expect(texts(value('Sink-e'))).toBe('go!!!')
    expect(started.filter((id) => id === 'Shout-s')).toHaveLength(3)
  })

  test('goes out by the default route in the last round', async () => {
    const { value } = await run(specs('never', { max_iterations: 4, default_route: 'true_result' }), edges)
    expect(texts(value('Sink-e'))).toBe('go!!!!')
  })

  test('that never ends is ended after a thousand turns, with an error that names a node', async () => {
    const { error } = await run(specs('never', { max_iterations: 4, default_route: 'false_result' }), edges, {
      request: { failFast: true },
    })
    expect(error).toMatchObject({ code: 'flow_invalid', message: expect.stringMatching(/ran 1000 times in one run/) })
  })
})

test('an If-Else runs one of its branches, and the node where they meet', async () => {
  const { started, value } = await run(
    {
      r: { component: router, set: { input_text: 'yes', operator: 'equals', match_text: 'yes' } },
      y: { component: shout, set: { suffix: '?' } },
      n: shout,
      e: { component: shout, set: { text: 'own' } },
    },
    ['r.true_result -> y.text', 'r.false_result -> n.text', 'y.out -> e.suffix', 'n.out -> e.text'],
  )
  expect(started).toEqual(['ConditionalRouter-r', 'Shout-y', 'Shout-e'])
  expect(texts(value('Shout-e'))).toBe('ownyes?')
})
