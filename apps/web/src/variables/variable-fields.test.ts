import { expect, test } from 'vitest'
import { variableFields } from './variable-fields.ts'

const field = (display_name: string, more: object = {}) => ({ display_name, ...more })

test('only fields that may hold a variable are offered, each once', () => {
  const catalogue = {
    models: { A: { template: { key: field('API Key', { load_from_db: true }), size: field('Size'), _type: 'x' } } },
    tools: {
      B: {
        template: { key: field('API Key', { load_from_db: false }), url: field('Base URL', { load_from_db: false }) },
      },
    },
  }
  expect(variableFields(catalogue)).toEqual(['API Key', 'Base URL'])
})
