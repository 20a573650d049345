import { defineComponent, field, message } from '@runnel/sdk'
import { flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { echo, type TestRunOptions, testGraph, testRun, textOf, toy } from './test-run.ts'

/** Says its text to those that listen for `news`. */
const tell = toy('Tell', (text, { state, routes }) => {
  state.set('news', text)
  routes.notify('news')
  return message(text)
})
const hear = defineComponent({
  type: 'Hear',
  displayName: 'Hear',
  description: '',
  icon: '',
  category: 'toys',
  listensTo: 'key',
  inputs: { key: field.string({ label: 'Key', default: 'news' }) },
  outputs: {
    out: {
      type: 'Message',
      label: 'Out',
      method: 'hear',
      run: ({ context }) => message(String(context.state.get('news') ?? 'nothing')),
    },
  },
})

const run = (specs: Readonly<Record<string, NodeSpec>>, edges: readonly string[], options?: TestRunOptions) => {
  const components = Object.values(specs).map((spec) => ('component' in spec ? spec.component : spec))
  return testRun(testGraph(components, flow(specs, edges)), options)
}

describe('a node that listens', () => {
  test('runs at first, and again with what follows it when its name is told', async () => {
    const { started, value } = await run({ a: hear, b: echo, t: { component: tell, set: { text: 'rain' } } }, [
      'a.out -> b.text',
    ])
    expect(started.toSorted()).toEqual(['Echo-b', 'Echo-b', 'Hear-a', 'Hear-a', 'Tell-t'])
    expect(textOf(value('Echo-b'))).toBe('rain')
  })

  test('runs with all it needs although nothing joins it to the start', async () => {
    const specs = {
      i: { component: echo, set: { text: 'in' } },
      t: { component: tell, set: {} },
      a: hear,
      o: { component: echo, set: { text: 'other ' } },
      b: echo,
    }
    const edges = ['i.out -> t.text', 'o.out -> b.texts', 'a.out -> b.text']
    const { started, value } = await run(specs, edges, { request: { start: 0 } })
    expect(started).toEqual(['Echo-i', 'Tell-t', 'Hear-a', 'Echo-o', 'Echo-b'])
    expect(textOf(value('Echo-b'))).toBe('inother ')
  })

  test('waits until what it began before has ended', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = toy('Slow', async (text) => {
      if (text === 'nothing') await gate.promise
      return message(text)
    })
    const release = toy('Release', (text) => {
      gate.resolve()
      return message(text)
    })
    const { started, value } = await run(
      { a: hear, s: slow, t: { component: tell, set: { text: 'rain' } }, r: release },
      ['a.out -> s.text', 't.out -> r.text'],
    )
    expect(started.filter((id) => id === 'Slow-s')).toHaveLength(2)
    expect(textOf(value('Slow-s'))).toBe('rain')
  })

  test('runs again although what it began before has failed', async () => {
    const picky = toy('Picky', (text) => {
      if (text === 'nothing') throw new Error('no')
      return message(text)
    })
    const { value } = await run({ a: hear, p: picky, t: { component: tell, set: { text: 'rain' } } }, [
      'a.out -> p.text',
    ])
    expect(textOf(value('Picky-p'))).toBe('rain')
  })

  test('hears its own name alone', async () => {
    const { started } = await run({ a: { component: hear, set: { key: 'sport' } }, t: tell }, [])
    expect(started.toSorted()).toEqual(['Hear-a', 'Tell-t'])
  })

  test('that wakes itself is ended after a thousand turns, with an error that names a node', async () => {
    const { error } = await run({ a: hear, t: tell }, ['a.out -> t.text'], { request: { failFast: true } })
    expect(error).toMatchObject({ code: 'flow_invalid', message: expect.stringMatching(/ran 1000 times in one run/) })
  })
})
