import { expect, test } from 'vitest'
import { field } from './field.ts'
import { argumentSchema } from './tool-schema.ts'

test('describes each argument by its field: type, list, choices, default and whether it must be given', () => {
  const schema = argumentSchema([
    ['search_query', field.text({ label: 'Query', info: 'What to look for.', required: true })],
    ['urls', field.text({ label: 'URLs', list: true })],
    ['depth', field.int({ label: 'Depth', default: 1 })],
    ['mode', field.dropdown({ label: 'Mode', options: ['Web', 'News'], default: 'Web' })],
  ])
  expect(schema).toEqual({
    type: 'object',
    properties: {
      search_query: { type: 'string', title: 'Search Query', description: 'What to look for.' },
      urls: { type: 'array', items: { type: 'string' }, title: 'Urls', description: '', default: [] },
      depth: { type: 'integer', title: 'Depth', description: '', default: 1 },
      mode: { type: 'string', enum: ['Web', 'News'], title: 'Mode', description: '', default: 'Web' },
    },
    required: ['search_query'],
  })
})

test('leaves out the options of a field that takes any text', () => {
  const zone = field.dropdown({ label: 'Zone', options: ['UTC', 'Europe/Rome'], default: 'UTC', free: true })
  expect(argumentSchema([['zone', zone]]).properties).toEqual({
    zone: { type: 'string', title: 'Zone', description: '', default: 'UTC' },
  })
})
