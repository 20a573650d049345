import { expect, test } from 'vitest'
import { chosenModel, emptyModelFields, fitsFilters } from './model-value.ts'

test('reads a model however a file holds it', () => {
  expect(chosenModel([{ name: 'gpt-4o', provider: 'OpenAI' }])).toEqual({ name: 'gpt-4o', provider: 'OpenAI' })
  expect(chosenModel('gpt-4o')).toEqual({ name: 'gpt-4o' })
  for (const none of ['', [], undefined, 'connect_other_models', [{}]]) expect(chosenModel(none)).toBeUndefined()
})

test('a model that does not say whether it can is offered, one that says no is not', () => {
  expect(fitsFilters({}, { tool_calling: true })).toBe(true)
  expect(fitsFilters({ tool_calling: false }, { tool_calling: true })).toBe(false)
})

test('finds the fields of a flow that hold no model of a type', () => {
  const node = (id: string, value: unknown, model_type = 'language') => ({
    id,
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: {
      id,
      type: 'Agent',
      node: { display_name: id, description: '', template: { model: { type: 'model', value, model_type } } },
    },
  })
  const nodes = [node('a', ''), node('b', 'gpt-4o'), node('c', 'connect_other_models'), node('d', '', 'embedding')]
  expect(emptyModelFields({ nodes, edges: [] }, 'language')).toEqual([{ nodeId: 'a', field: 'model' }])
})
