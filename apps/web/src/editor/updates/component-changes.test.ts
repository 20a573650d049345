import { expect, test } from 'vitest'
import type { ComponentNode } from '../model/flow-document.ts'
import { componentChanges } from './component-changes.ts'

const node: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: {
    _type: { value: 'Component' },
    code: { type: 'code', value: 'class Step: …' },
    text: { type: 'str', display_name: 'Text', value: 'mine', input_types: ['Message'] },
    rows: { type: 'other', display_name: 'Rows', input_types: ['Data'] },
  },
  outputs: [{ name: 'out', display_name: 'Out', types: ['Data'] }],
}

test('texts, values, sources and newer names of the same types are no changes', () => {
  const next: ComponentNode = {
    ...node,
    description: 'Better words',
    template: {
      code: { type: 'code', value: '' },
      rows: { type: 'other', display_name: 'Records', input_types: ['JSON', 'Data'] },
      text: { type: 'str', display_name: 'Text', value: '', input_types: ['Message'] },
    },
    outputs: [{ name: 'out', display_name: 'Out', types: ['Data', 'JSON'] }],
  }
  expect(componentChanges(node, next)).toEqual([])
})

test('tells which fields and outputs come, go and take other types', () => {
  const next: ComponentNode = {
    ...node,
    template: {
      text: { type: 'int', display_name: 'Text' },
      limit: { type: 'int', display_name: 'Limit' },
    },
    outputs: [{ name: 'table', types: ['DataFrame'] }],
  }
  expect(componentChanges(node, next)).toEqual([
    { part: 'field', what: 'changed', label: 'Text' },
    { part: 'field', what: 'new', label: 'Limit' },
    { part: 'field', what: 'gone', label: 'Rows' },
    { part: 'output', what: 'new', label: 'table' },
    { part: 'output', what: 'gone', label: 'Out' },
  ])
  expect(componentChanges({ ...node, tool_mode: true }, next).map(({ part }) => part)).not.toContain('output')
})
