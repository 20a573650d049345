import { expect, test } from 'vitest'
import type { FlowNode, TemplateField } from '../model/flow-document.ts'
import { variablesOf } from './flow-variables.ts'

const node = (id: string, template: Readonly<Record<string, TemplateField>>): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Step', node: { display_name: 'Step', description: '', template } },
})

test('variables are listed by name with every field that reads them', () => {
  const key = { type: 'str', display_name: 'Key', value: 'TOKEN', load_from_db: true }
  const nodes = [
    node('a', { key, literal: { type: 'str', value: 'TOKEN' }, unset: { ...key, value: '' } }),
    node('b', { key, place: { type: 'str', display_name: 'Place', value: 'CITY', load_from_db: true } }),
  ]
  const found = [...variablesOf({ nodes, edges: [] })].map(([name, uses]) => [
    name,
    uses.map(({ nodeId, label }) => `${nodeId} ${label}`),
  ])
  expect(found).toEqual([
    ['CITY', ['b Step: Place']],
    ['TOKEN', ['a Step: Key', 'b Step: Key']],
  ])
})
