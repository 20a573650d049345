import { type Component, defineComponent } from '@runnel/sdk'
import { describe, expect, test } from 'vitest'
import { createRegistry } from './registry.ts'

const component = (type: string, aliases: readonly string[] = [], description = '') =>
  defineComponent({ type, aliases, displayName: type, description, icon: '', category: '', inputs: {}, outputs: {} })

const model = component('OpenAIModel', ['OpenAIModelComponent'])
const arxiv = component('ArXivComponent')
const registry = createRegistry([model, arxiv])

describe('a registry', () => {
  test.each([
    ['a type', 'OpenAIModel', {}, model],
    ['an alias', 'OpenAIModelComponent', {}, model],
    ['an extension id', 'ext:openai:OpenAIModelComponent@official', {}, model],
    ['an extension id of a type', 'ext:arxiv:ArXivComponent@extra', {}, arxiv],
    [
      'the class in a module path',
      'Custom',
      { metadata: { module: 'lfx.components.openai.OpenAIModelComponent' } },
      model,
    ],
    ['a component class', 'Custom', { metadata: { component_class_name: 'ArXivComponent' } }, arxiv],
    ['a legacy name', 'Custom', { metadata: { legacy_name: 'OpenAIModel' } }, model],
    ['a namespaced id', 'Custom', { namespaced_id: 'ext:openai:OpenAIModelComponent@official' }, model],
    ['the name an extension gives', 'ext:openai:Other@official', { name: 'OpenAIModel' }, model],
    ['a key', 'Custom', { key: 'ArXivComponent' }, arxiv],
    ['nothing', 'Custom', { metadata: { module: 'a.b.openai_model' }, key: 3, name: null }, undefined],
    ['a broken extension id', 'ext:OpenAIModel', { metadata: 'none' }, undefined],
    ['an empty type', '', {}, undefined],
    ['a name every object has', 'constructor', { key: '__proto__' }, undefined],
  ])('finds a component by %s', (_, type, node, expected) => {
    expect(registry.resolve(type, node)).toBe(expected)
  })

  test('prefers what stands in the type to what stands in the node', () => {
    expect(registry.resolve('OpenAIModel', { key: 'ArXivComponent' })).toBe(model)
  })

  test('does not take a module without a class for one', () => {
    const lower = createRegistry([component('openai_chat_model')])
    expect(lower.resolve('X', { metadata: { module: '_lfx_ext.official.openai.openai_chat_model' } })).toBeUndefined()
  })

  test('prefers types to aliases and earlier components to later ones', () => {
    const [first, second, third] = [component('A', ['C'], 'first'), component('A', [], 'second'), component('C', ['D'])]
    const fourth = component('E', ['D'])
    const mixed = createRegistry([first, second, third, fourth])
    expect([mixed.get('A'), mixed.get('C'), mixed.get('D')]).toEqual([first, third, third])
    expect(mixed.get('A')).toBe(first)
  })

  test('asks a component that differs from node to node which one a node is', () => {
    const own = component('Own', [], 'of the node')
    const custom: Component = { ...component('Custom'), ofNode: ({ written }) => (written === true ? own : undefined) }
    const mixed = createRegistry([custom, model])
    expect(mixed.resolve('Custom', { written: true })).toBe(own)
    expect(mixed.resolve('Custom', { key: 'OpenAIModel' })).toBe(model)
    expect(mixed.resolve('Custom', {})).toBeUndefined()
  })

  test('says why a node cannot run, and what to use instead', () => {
    const other: Component = { ...component('Other'), displayName: 'The Other', insteadOf: ['PythonThing'] }
    const { missing } = createRegistry([other])
    const python = { template: { code: { value: 'class A(Component):\n    pass' } } }
    expect(missing('New', {}, 'New-a')).toBe(
      'Component type New is not available in this engine (node New-a). ' +
        'Replace the node by one of the components in the sidebar.',
    )
    expect(missing('Mine', python, 'Mine-a')).toBe(
      'Component type Mine is not available in this engine (node Mine-a). ' +
        'It is written in Python, which is kept with the flow and never run. ' +
        'Replace the node by one of the components in the sidebar, or write it in TypeScript as a Custom Component.',
    )
    expect(missing('PythonThing', python, 'P-a')).toMatch(/never run. Use The Other instead.$/)
  })
})
