import { expect, test } from 'vitest'
import type { ComponentNode, NodeOutput } from '../model/flow-document.ts'
import { hasHandle, outputRows, replacementsOf, typeChoices } from './node-parts.ts'

const none: ReadonlySet<string> = new Set()
const node = (outputs: readonly NodeOutput[], more: Partial<ComponentNode> = {}): ComponentNode => ({
  display_name: 'X',
  description: '',
  template: {},
  outputs,
  ...more,
})
const rows = (component: ComponentNode, connected = none, selected?: string) =>
  outputRows(
    { id: 'x', type: 'X', node: component, ...(selected !== undefined && { selected_output: selected }) },
    connected,
    false,
  ).map(({ output, choices }) => [output.name, choices.length])

test('several outputs share a row, of which one is chosen', () => {
  const component = node([{ name: 'a' }, { name: 'b' }, { name: 'c', hidden: true }])
  expect(rows(component)).toEqual([['a', 2]])
  expect(rows(component, none, 'b')).toEqual([['b', 2]])
})

test('an output an edge leaves keeps its row, hidden or not', () => {
  const component = node([{ name: 'a' }, { name: 'b' }, { name: 'c', hidden: true }])
  expect(rows(component, new Set(['b', 'c']))).toEqual([
    ['b', 2],
    ['c', 1],
  ])
  expect(rows(component, new Set(['b']), 'a')).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})

test('grouped outputs and those of a loop have a row each', () => {
  expect(rows(node([{ name: 'yes', group_outputs: true }, { name: 'no' }]))).toEqual([
    ['yes', 1],
    ['no', 1],
  ])
  expect(rows(node([{ name: 'item', allows_loop: true }, { name: 'done' }]))).toHaveLength(2)
})

test('two names of one type are no choice', () => {
  expect(typeChoices({ name: 'a', types: ['Data', 'JSON'] })).toEqual(['Data'])
  expect(typeChoices({ name: 'a', types: ['Data', 'Message'] })).toEqual(['Data', 'Message'])
})

test('a field an agent fills has no handle, a field of models only when its model comes by an edge', () => {
  const text = { type: 'str', input_types: ['Message'], tool_mode: true }
  expect(hasHandle(node([]), text, false)).toBe(true)
  expect(hasHandle(node([], { tool_mode: true }), text, false)).toBe(false)
  const model = { type: 'model', input_types: ['LanguageModel'], value: '' }
  expect(hasHandle(node([]), model, false)).toBe(false)
  expect(hasHandle(node([]), { ...model, value: 'connect_other_models' }, false)).toBe(true)
  expect(hasHandle(node([]), model, true)).toBe(true)
})

test('malformed replacements are passed over', () => {
  expect(replacementsOf(node([], { replacement: ['logic.If', 7, null, ''] }))).toEqual(['If'])
  expect(replacementsOf(node([], { replacement: { a: 1 } }))).toEqual([])
})
