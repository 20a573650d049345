import { defineComponent, field, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { graphProblems } from './graph-problems.ts'
import { createRegistry } from './registry.ts'

const ask = defineComponent({
  type: 'ChatInput',
  displayName: 'Chat Input',
  description: '',
  icon: '',
  category: 'toys',
  role: 'input',
  inputs: { input_value: field.text({ label: 'Text' }) },
  outputs: { message: { type: 'Message', label: 'Out', method: 'out', run: () => message('') } },
})
const step = defineComponent({
  type: 'Step',
  displayName: 'Step',
  description: '',
  icon: '',
  category: 'toys',
  inputs: {
    text: field.text({ label: 'Text', required: true }),
    key: field.secret({ label: 'Key', required: true, variable: 'STEP_KEY' }),
    more: field.text({ label: 'More', required: true, default: 'some' }),
  },
  outputs: { out: { type: 'Message', label: 'Out', method: 'out', run: () => message('') } },
})
const missing = defineComponent({ ...step, type: 'Missing' } as never)
const registry = createRegistry([ask, step])
const problemsOf = (data: unknown) => graphProblems(data, registry).problems
const wire = (id: string, source: string, target: string) => ({
  id,
  source,
  target,
  data: { sourceHandle: { name: 'out', id: source }, targetHandle: { fieldName: 'text', id: target } },
})

describe('what would keep a flow from running', () => {
  test('is nothing for one that runs', () => {
    const found = graphProblems(flow({ ask, step }, ['ask.message -> step.text']), registry)
    expect(found.problems).toEqual([])
    expect(found.graph?.nodes).toHaveLength(2)
  })

  test('is told all at once: unknown components, broken edges, cycles', () => {
    const { nodes, edges } = flow({ ask, a: step, b: step, c: step, missing }, [
      'ask.message -> a.text',
      'a.out -> b.text',
      'b.out -> a.text',
      'c.out -> c.text',
    ])
    const broken = [wire('nowhere', 'Step-a', 'Step-z'), { ...wire('odd', 'Step-a', 'Step-b'), data: {} }]
    const unnamed = { ...wire('unnamed', 'Step-a', 'Step-b'), id: 7 }
    const odd = { ...unnamed, data: { ...unnamed.data, sourceHandle: { name: 'gone', id: 'Step-a' } } }
    expect(
      problemsOf({ nodes, edges: [...edges, ...broken, odd] }).map(({ code, nodeId, edgeId }) => [
        code,
        nodeId ?? edgeId,
      ]),
    ).toEqual([
      ['broken_edge', 'nowhere'],
      ['broken_edge', 'odd'],
      ['endless_cycle', 'Step-c'],
      ['endless_cycle', 'Step-a'],
      ['missing_output', 'Step-a'],
      ['unknown_component', 'Missing-missing'],
    ])
  })

  test('is a loop that gets back what it did not give', () => {
    const outputs = {
      item: { type: 'Message', label: 'Item', method: 'item', loop: ['Message'], run: () => message('') },
    }
    const loop = defineComponent({
      ...step,
      type: 'Loop',
      displayName: 'Loop',
      inputs: { text: step.inputs.text },
      outputs,
    } as never)
    const data = flow({ ask, loop, step }, [
      'ask.message -> loop.text',
      'loop.item -> step.text',
      'ask.message => loop.item',
    ])
    expect(graphProblems(data, createRegistry([ask, step, loop])).problems).toMatchObject([
      { code: 'incomplete_loop', values: { components: 'Loop' }, nodeId: 'Loop-loop' },
    ])
  })

  test('is a required field without a value, edge or variable, where a call reaches it', () => {
    const data = flow({ ask, a: step, b: step, beside: step }, ['ask.message -> a.text'])
    const reached = flow({ a: step })
    expect(problemsOf(data)).toEqual([])
    expect(problemsOf(reached)).toEqual([
      {
        code: 'missing_value',
        message: 'Step (Step-a) needs a value for Text. Fill it in or join it to an output.',
        values: { component: 'Step', field: 'Text' },
        nodeId: 'Step-a',
        field: 'text',
      },
    ])
    expect(problemsOf(flow({ a: { component: step, set: { text: 'here' } } }))).toEqual([])
  })

  test('is neither a secret nor a model that is not set: variables may stand in for them', () => {
    const asking = defineComponent({
      ...step,
      type: 'Asking',
      inputs: {
        key: field.secret({ label: 'Key', required: true }),
        model: field.model({ label: 'Model', modelType: 'language', required: true }),
      },
    } as never)
    const { problems, warnings } = graphProblems(flow({ a: asking }), createRegistry([asking]))
    expect(problems).toEqual([])
    expect(warnings.map(({ code, field: name }) => [code, name])).toEqual([
      ['missing_value', 'key'],
      ['missing_value', 'model'],
    ])
  })

  test('is having no graph, or an empty one', () => {
    for (const data of [null, {}, { nodes: [{ id: '' }], edges: [] }]) {
      expect(problemsOf(data).map(({ code }) => code)).toEqual(['no_graph'])
    }
    expect(problemsOf({ nodes: [], edges: [] }).map(({ code }) => code)).toEqual(['empty_flow'])
  })

  test('is found quickly in a large flow whose edges are all broken', () => {
    const nodes = Array.from({ length: 4000 }, (_, index) => ({ id: `n${index}`, data: { type: 'Step', node: {} } }))
    const edges = nodes.map(({ id }) => wire(`e-${id}`, id, 'nowhere'))
    const began = process.threadCpuUsage()
    expect(problemsOf({ nodes, edges }).length).toBeGreaterThan(3999)
    expect(process.threadCpuUsage(began).user).toBeLessThan(2_000_000)
  })
})
