import { expect, test } from 'vitest'
import { usesVariable, variableFields } from './variable-fields.ts'

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

test('a graph reads a variable when a field is set to it, not when it merely says its name', () => {
  const graph = (load_from_db: boolean) => ({
    nodes: [{ data: { node: { template: { key: { value: 'OPENAI_API_KEY', load_from_db } } } } }],
  })
  expect(usesVariable(graph(true), 'OPENAI_API_KEY')).toBe(true)
  expect(usesVariable(graph(false), 'OPENAI_API_KEY')).toBe(false)
  expect(usesVariable(null, 'OPENAI_API_KEY')).toBe(false)
})
