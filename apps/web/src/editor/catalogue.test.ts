import { expect, test } from 'vitest'
import { createCatalogue, createLateCatalogue } from './catalogue.ts'
import type { ComponentNode, FlowNode } from './model/flow-document.ts'

const component: ComponentNode = { display_name: 'Step', description: '', template: {} }
const catalogue = createCatalogue({
  processing: {
    Step: { ...component, aliases: ['OldStep', 'Other'] },
    Other: component,
  },
  custom_component: { CustomComponent: component },
})
const node = (type: string, more: Partial<ComponentNode> = {}): FlowNode => ({
  id: `${type}-1`,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id: `${type}-1`, type, node: { ...component, ...more } },
})

test('finds a component by its type and by the names older files use, types before those', () => {
  expect(
    ['Step', 'OldStep', 'Other', 'ext:acme:OldStep@1.0', 'Gone'].map((type) => catalogue.find(type)?.type),
  ).toEqual(['Step', 'Step', 'Other', 'Step', undefined])
  expect(catalogue.entries[0]?.component).toEqual(component)
})

test('knows a node by what it says of itself when its type is another', () => {
  expect(catalogue.of(node('Mine', { metadata: { module: 'lfx.components.processing.Step' } }))?.type).toBe('Step')
  expect(catalogue.of(node('Mine', { metadata: { legacy_name: 'OldStep' } }))?.type).toBe('Step')
  expect(catalogue.of(node('Mine', { metadata: { module: 'lfx.components.step' } }))).toBeUndefined()
})

test.each([
  ['class A(Component):\n  pass', undefined],
  ["import { defineComponent } from 'runnel'", 'CustomComponent'],
  ['export default {}', 'CustomComponent'],
  ['', 'CustomComponent'],
])('a component of the user whose source is %j is %s', (value, type) => {
  expect(catalogue.of(node('CustomComponent', { template: { code: { type: 'code', value } } }))?.type).toBe(type)
})

test('knows every node until the components have come, and begins then what waits for them', () => {
  const late = createLateCatalogue()
  const begun: string[] = []
  const end = late.whenThere(() => {
    begun.push('begun')
    return () => void begun.push('ended')
  })
  const nobody = node('Nobody')
  expect([late.has(nobody), late.find('Step'), late.entries.length, begun]).toEqual([true, undefined, 0, []])
  late.fill({ processing: { Step: component } })
  expect([late.has(nobody), late.find('Step')?.category, late.entries.length, begun]).toEqual([
    false,
    'processing',
    1,
    ['begun'],
  ])
  // The server has others than the browser kept.
  late.fill({})
  expect(begun).toEqual(['begun', 'ended', 'begun'])
  end()
  late.fill({})
  expect(begun).toEqual(['begun', 'ended', 'begun', 'ended'])
})

test('begins at once what waits for components that are there, and never what is given up before', () => {
  const late = createLateCatalogue()
  const begun: string[] = []
  const begin = (name: string) => () => {
    begun.push(name)
    return () => undefined
  }
  late.whenThere(begin('given up'))()
  late.fill({})
  late.whenThere(begin('at once'))
  expect(begun).toEqual(['at once'])
})
