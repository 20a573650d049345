import type { JsonObject } from '@runnel/protocol/json'
import { defineComponent, describeComponent, field, message } from '@runnel/sdk'
import { flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { checkNames, checkTweaks, createOverlay, inputNodes, outputNodes, startNode } from './run-inputs.ts'
import { testGraph, testRun } from './test-run.ts'

const shape = {
  displayName: 'Thing',
  description: '',
  icon: '',
  category: 'toys',
  inputs: {
    input_value: field.text({ label: 'Text', default: 'stored' }),
    key: field.secret({ label: 'Key', variable: 'MY_KEY' }),
    stream: field.bool({ label: 'Stream' }),
    count: field.int({ label: 'Count', default: 1 }),
    nested: field.nestedDict({ label: 'Nested' }),
    pairs: field.dict({ label: 'Pairs' }),
    path: field.files({ label: 'Files' }),
  },
  outputs: {
    out: {
      type: 'Any' as const,
      label: 'Out',
      method: 'out',
      run: ({ inputs }: { readonly inputs: unknown }) => ({ ...(inputs as JsonObject) }),
    },
  },
}
const component = (type: string, displayName: string, role?: 'input' | 'output') =>
  defineComponent({ ...shape, type, displayName, ...(role && { role }) })
const chatInput = component('ChatInput', 'Chat Input', 'input')
const textInput = component('TextInput', 'Text Input', 'input')
const webhook = component('Webhook', 'Webhook', 'input')
const chatOutput = component('ChatOutput', 'Chat Output', 'output')
const textOutput = component('TextOutput', 'Text Output', 'output')
const step = component('Step', 'Step')
const all = [chatInput, textInput, webhook, chatOutput, textOutput, step]
const graphOf = (specs: Readonly<Record<string, NodeSpec>>, edges: readonly string[] = []) =>
  testGraph(all, flow(specs, edges))
const ids = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id)

describe('the input value', () => {
  const graph = graphOf({ a: step, b: textInput, c: chatInput, d: webhook })
  test.each([
    ['chat', ['ChatInput-c']],
    ['text', ['TextInput-b']],
    ['any', ['TextInput-b', 'ChatInput-c', 'Webhook-d']],
    [null, ['TextInput-b', 'ChatInput-c', 'Webhook-d']],
  ] as const)('goes to the inputs of kind %s', (kind, expected) => {
    expect(ids(inputNodes(graph, kind))).toEqual(expected)
  })

  test('goes to the inputs that are named by id or title, and to no other node', () => {
    expect(ids(inputNodes(graph, 'chat', ['Text Input', 'Webhook-d', 'Step']))).toEqual(['TextInput-b', 'Webhook-d'])
  })

  test('goes nowhere when nothing fits', () => {
    expect(inputNodes(graphOf({ c: chatInput }), 'text')).toEqual([])
  })
})

describe('an API run begins', () => {
  test.each([
    ['at a webhook', { c: chatInput, d: webhook }, 'Webhook-d'],
    ['else at a chat input', { b: textInput, c: chatInput }, 'ChatInput-c'],
    ['else everywhere', { a: step, b: textInput }, undefined],
  ])('%s', (_, specs, expected) => {
    const graph = graphOf(specs)
    expect(graph.nodes[startNode(graph) ?? -1]?.id).toBe(expected)
  })
})

describe('a run answers with', () => {
  const graph = graphOf({ a: step, b: textOutput, c: chatOutput })
  const chatOnly = graphOf({ a: step, c: chatOutput })
  test.each([
    ['chat outputs', graph, 'chat', [], ['ChatOutput-c']],
    ['text outputs', graph, 'text', [], ['TextOutput-b']],
    ['any outputs', graph, 'any', [], ['TextOutput-b', 'ChatOutput-c']],
    ['all outputs when no kind is given', graph, null, [], ['TextOutput-b', 'ChatOutput-c']],
    ['all outputs when none is of the kind', chatOnly, 'text', [], ['ChatOutput-c']],
    ['every node to debug', graph, 'debug', [], ['Step-a', 'TextOutput-b', 'ChatOutput-c']],
    ['the nodes that are named', graph, 'chat', ['Step', 'TextOutput-b'], ['Step-a', 'TextOutput-b']],
    ['nothing when no node has the name', graph, 'debug', ['chat output'], []],
  ] as const)('%s', (_, of, kind, named, expected) => {
    expect(ids(outputNodes(of, kind, named))).toEqual(expected)
  })
})

describe('an input given twice', () => {
  test.each([
    ['ChatInput-c', 'chat', 'tweak_conflicts_chat'],
    ['Chat Input', 'chat', 'tweak_conflicts_chat'],
    ['TextInput-b', 'text', 'tweak_conflicts_text'],
    ['Text Input', 'text', 'tweak_conflicts_text'],
  ] as const)('is refused: %s with input type %s', (key, kind, code) => {
    expect(() => checkTweaks({ [key]: { input_value: '' } }, 'hi', kind)).toThrow(expect.objectContaining({ code }))
  })

  test.each<readonly [JsonObject, string | null, 'chat' | 'text' | 'any' | null]>([
    [{ 'ChatInput-c': { input_value: 'x' } }, null, 'chat'],
    [{ 'ChatInput-c': { input_value: 'x' } }, 'hi', 'text'],
    [{ 'ChatInput-c': { input_value: 'x' } }, 'hi', 'any'],
    [{ 'ChatInput-c': { input_value: null } }, 'hi', 'chat'],
    [{ 'ChatInput-c': { sender: 'x' } }, 'hi', 'chat'],
    [{ 'ChatInput-c': 'input_value' }, 'hi', 'chat'],
    [{ 'Step-a': { input_value: 'x' } }, 'hi', 'chat'],
  ])('is none: %j with %j as %j', (tweaks, value, kind) => {
    expect(() => checkTweaks(tweaks, value, kind)).not.toThrow()
  })
})

/** What the nodes of a flow are run with. */
async function inputsOf(
  specs: Readonly<Record<string, NodeSpec>>,
  tweaks: JsonObject,
  stream = false,
  environment = {},
) {
  const graph = graphOf(specs)
  const run = await testRun(graph, { request: { overlay: createOverlay(graph, tweaks, stream) }, environment })
  expect(run.events.filter(({ type }) => type === 'node-error')).toEqual([])
  return (id: string) => run.value(id) as JsonObject
}
const plain = { component: step, set: { key: '' } }
const titled = (display_name: string) => ({ ...plain, node: { display_name } })
/** A step one of whose fields callers know by a name of its own. */
const named = (display_name: string, field: 'input_value' | 'pairs' | 'count', api_name: string) => {
  const { template } = describeComponent(step)
  const own = { ...Object(template[field]), api_name }
  const key = { ...Object(template.key), value: '', load_from_db: false }
  return { component: step, node: { display_name, template: { ...template, [field]: own, key } } }
}

describe('a tweak', () => {
  test('goes to the node of that id, and lists and names are values too', async () => {
    const given = await inputsOf(
      { a: plain, b: plain },
      { 'Step-a': { input_value: 'new', count: '7', path: ['f/1', 'f/2'] } },
    )
    expect(given('Step-a')).toMatchObject({ input_value: 'new', count: 7, path: ['f/1', 'f/2'] })
    expect(given('Step-b')).toMatchObject({ input_value: 'stored', count: 1, path: [] })
  })

  test('goes to the last node of that title', async () => {
    const given = await inputsOf({ a: titled('Same'), b: titled('Same') }, { Same: { input_value: 'new' } })
    expect([given('Step-a').input_value, given('Step-b').input_value]).toEqual(['stored', 'new'])
  })

  test('of a title several nodes have is refused where the last is not taken, with their ids', () => {
    const graph = graphOf({ a: titled('Same'), b: titled('Same'), c: titled('Other') })
    const error = { code: 'tweak_ambiguous', message: expect.stringContaining('Step-a, Step-b') }
    expect(() => checkNames(graph, { Same: { input_value: 'new' } })).toThrow(expect.objectContaining(error))
    expect(() => checkNames(graph, { Other: {}, 'Step-a': {}, Same: 'a value', Step: {} })).not.toThrow()
  })

  test('goes to the field of that public name alone, whatever node holds it and whatever the value', async () => {
    const tweaks = { 主题: 'new', pairs: { a: 1 } }
    const given = await inputsOf({ a: named('One', 'input_value', '主题'), b: named('Two', 'pairs', 'pairs') }, tweaks)
    expect(given('Step-a')).toMatchObject({ input_value: 'new', pairs: {} })
    expect(given('Step-b')).toMatchObject({ input_value: 'stored', pairs: { a: 1 } })
  })

  test('of a public name two fields have is refused, and says which', () => {
    const graph = graphOf({ a: named('One', 'input_value', 'topic'), b: named('Two', 'count', 'topic') })
    const error = { code: 'tweak_ambiguous', message: expect.stringContaining('Step-a.input_value, Step-b.count') }
    expect(() => createOverlay(graph, { topic: 'new' }, false)).toThrow(expect.objectContaining(error))
    expect(() => createOverlay(graph, { other: 'new', '': 'none' }, false)).not.toThrow()
  })

  test('goes to all nodes of that type', async () => {
    const given = await inputsOf({ a: titled('One'), b: titled('Two') }, { Step: { input_value: 'new' } })
    expect([given('Step-a').input_value, given('Step-b').input_value]).toEqual(['new', 'new'])
  })

  test('that is no object goes into that field of every node, above what nodes are given', async () => {
    const given = await inputsOf({ a: plain, b: plain }, { count: 5, 'Step-a': { count: 3, input_value: 'new' } })
    expect([given('Step-a').count, given('Step-b').count, given('Step-a').input_value]).toEqual([5, 5, 'new'])
  })

  test('of a later key wins over an earlier one, field by field', async () => {
    const tweaks = { 'Step-a': { input_value: 'by id', count: 3 }, Mine: { input_value: 'by title' } }
    expect((await inputsOf({ a: titled('Mine') }, tweaks))('Step-a')).toMatchObject({
      input_value: 'by title',
      count: 3,
    })
  })

  test('for unknown nodes and fields, and for code, changes nothing', async () => {
    const tweaks = { component_id: { parameter_name: 1 }, unknown: 1, 'Step-a': { unknown: 1, code: 'x' }, code: 'x' }
    expect((await inputsOf({ a: plain }, tweaks))('Step-a')).toEqual((await inputsOf({ a: plain }, {}))('Step-a'))
  })

  test('of null takes the default of the component', async () => {
    const given = await inputsOf(
      { a: { ...plain, set: { key: '', input_value: 'set' } } },
      { 'Step-a': { input_value: null } },
    )
    expect(given('Step-a').input_value).toBe('stored')
  })

  test.each<readonly [string, JsonObject, JsonObject]>([
    ['a nested object', { nested: { a: { value: 1 } } }, { nested: { a: { value: 1 } } }],
    ['a nested object that looks like a field', { nested: { value: 1 } }, { nested: { value: 1 } }],
    ['a nested object as JSON', { nested: '{"a": 1}' }, { nested: { a: 1 } }],
    ['an object that holds no part of a field', { pairs: { a: 1 } }, { pairs: { a: 1 } }],
    ['an object in the value of a field', { pairs: { value: { value: 1 } } }, { pairs: { value: 1 } }],
    ['a field with its value', { input_value: { value: 'new', advanced: true } }, { input_value: 'new' }],
    [
      'a hidden field, which keeps its default',
      { input_value: { show: false, value: 'x' } },
      { input_value: 'stored' },
    ],
    ['a path', { path: 'f/1' }, { path: ['f/1'] }],
    ['an object of paths, the last of which counts', { path: { a: 'f/1', b: 'f/2' } }, { path: ['f/2'] }],
  ])('may be %s', async (_, fields, expected) => {
    expect((await inputsOf({ a: plain }, { 'Step-a': fields }))('Step-a')).toMatchObject(expected)
  })

  test('does not stand above an edge', async () => {
    const graph = graphOf({ a: plain, b: plain }, ['a.out -> b.pairs'])
    const overlay = createOverlay(graph, { 'Step-b': { pairs: { mine: 1, yours: 2 } } }, false)
    const run = await testRun(graph, { request: { overlay } })
    expect(run.value('Step-b')).toMatchObject({ pairs: { input_value: 'stored' } })
  })

  test('leaves the graph as it was', async () => {
    const graph = graphOf({ a: plain })
    await testRun(graph, { request: { overlay: createOverlay(graph, { count: 9 }, true) } })
    expect((await testRun(graph)).value('Step-a')).toMatchObject({ count: 1, stream: false })
  })
})

describe('a tweak of a field that loads a variable', () => {
  const loading = { component: step, node: {} }
  test('names another variable, or is the value when there is none of that name', async () => {
    const environment = { MY_KEY: 'mine', OTHER: 'others' }
    const keyOf = async (key: unknown) =>
      (await inputsOf({ a: loading }, { 'Step-a': { key } }, false, environment))('Step-a').key
    expect(await keyOf('OTHER')).toBe('others')
    expect(await keyOf('sk-literal')).toBe('sk-literal')
    expect(await keyOf({ load_from_db: false, value: 'OTHER' })).toBe('OTHER')
    expect(await keyOf({ value: 'OTHER' })).toBe('others')
  })
})

describe('stream', () => {
  const specs = { a: { ...plain, set: { key: '', stream: true } }, b: plain }
  const streams = async (tweaks: JsonObject, stream: boolean) => {
    const given = await inputsOf(specs, tweaks, stream)
    return [given('Step-a').stream, given('Step-b').stream]
  }
  test('follows the request everywhere', async () => {
    expect(await streams({}, true)).toEqual([true, true])
    expect(await streams({}, false)).toEqual([false, false])
  })
  test('of a node that is tweaked stays as the tweak says', async () => {
    expect(await streams({ 'Step-a': { stream: true } }, false)).toEqual([true, false])
  })
  test('given for all stays as it is given', async () => {
    expect(await streams({ stream: true }, false)).toEqual([true, true])
  })
})

test('tweaks called as parts of every object are only names', async () => {
  const tweaks = JSON.parse(`{
    "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "prototype": 1, "toString": "x",
    "Step-a": {"__proto__": {"polluted": 1}, "constructor": 1, "input_value": {"value": "new", "__proto__": {"show": false}}}
  }`)
  const given = await inputsOf({ a: plain }, tweaks)
  expect(given('Step-a').input_value).toBe('new')
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(message('x')).not.toHaveProperty('polluted')
})
