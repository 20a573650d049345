import { data, dataFrame, defineComponent, field, isData, isDataFrame, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { echo, testGraph, testRun, textOf } from './test-run.ts'

const ran: string[] = []
const shout = defineComponent({
  type: 'Shout',
  displayName: 'Shout',
  description: '',
  icon: '',
  category: '',
  inputs: { text: field.text({ label: 'Text' }) },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'shout',
      run: ({ inputs }) => {
        ran.push(inputs.text)
        return message(inputs.text.toUpperCase())
      },
    },
    record: { type: 'Data', label: 'Record', method: 'record', run: ({ inputs }) => data({ text: inputs.text }) },
    table: { type: 'DataFrame', label: 'Table', method: 'table', run: () => dataFrame([]) },
  },
})

/** Echo a → Shout b → Echo c, with what the file says of the middle. */
const threeNodes = (node: Readonly<Record<string, unknown>>, edge = 'b.text') =>
  testGraph(
    [echo, shout],
    flow({ a: { component: echo, set: { text: 'hello' } }, b: { component: shout, node }, c: echo }, [
      'a.out -> b.text',
      `${edge} -> c.text`,
    ]),
  )

describe('a node that is switched off', () => {
  test('stops its branch: it gives nothing and nothing behind it runs', async () => {
    ran.length = 0
    const run = await testRun(threeNodes({ disabled: 'stop' }))
    expect(ran).toEqual([])
    expect([...run.results.keys()]).toEqual(['Echo-a'])
    expect(run.error).toBeUndefined()
  })

  test('passes on what it is given', async () => {
    ran.length = 0
    const run = await testRun(threeNodes({ disabled: 'pass' }))
    expect(ran).toEqual([])
    expect(textOf(run.value('Echo-c'))).toBe('hello')
  })

  test('that is given nothing has nothing to pass on', async () => {
    const specs = { b: { component: shout, node: { disabled: 'pass' } }, c: echo }
    const run = await testRun(testGraph([echo, shout], flow(specs, ['b.text -> c.text'])))
    expect(run.started).toEqual(['Shout-b'])
  })
})

describe('a node with pinned outputs', () => {
  const pinned = { pinned_outputs: { text: 'from the pin' } }

  test('gives them instead of running, where a draft is tried', async () => {
    ran.length = 0
    const run = await testRun(threeNodes(pinned), { request: { usePins: true } })
    expect(ran).toEqual([])
    expect(textOf(run.value('Echo-c'))).toBe('from the pin')
  })

  test('runs as ever elsewhere', async () => {
    const run = await testRun(threeNodes(pinned))
    expect(textOf(run.value('Echo-c'))).toBe('HELLO')
  })

  test('runs when an edge leaves by another output', async () => {
    const run = await testRun(threeNodes(pinned, 'b.record'), { request: { usePins: true } })
    expect(isData(run.value('Shout-b', 'record'))).toBe(true)
  })

  test('gives values of the types its outputs have', async () => {
    const outputs = { text: 'a', record: { n: 1 }, table: [{ n: 1 }, { n: 2 }] }
    const graph = testGraph([shout], flow({ b: { component: shout, node: { pinned_outputs: outputs } } }))
    const run = await testRun(graph, { request: { usePins: true } })
    expect(textOf(run.value('Shout-b', 'text'))).toBe('a')
    expect(run.value('Shout-b', 'record')).toMatchObject({ kind: 'data', data: { n: 1 } })
    expect(isDataFrame(run.value('Shout-b', 'table'))).toBe(true)
  })
})
