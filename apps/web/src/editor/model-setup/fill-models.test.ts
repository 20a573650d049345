import { expect, test } from 'vitest'
import { fillings } from './fill-models.ts'

const option = (name: string, metadata: Readonly<Record<string, unknown>>) => ({
  name,
  provider: 'OpenAI',
  provider_id: 'openai',
  category: 'OpenAI',
  icon: 'OpenAI',
  metadata,
})
const node = (id: string, field: Readonly<Record<string, unknown>>) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, description: '', template: { model: { type: 'model', ...field } } } },
})

test('every empty field gets the usual model that can do what it asks for; those with one keep it', () => {
  const plain = option('plain', { default: true, tool_calling: false })
  const able = option('able', { tool_calling: true })
  const document = {
    nodes: [
      node('Prompt', { value: '' }),
      node('Agent', { value: '', filters: { tool_calling: true } }),
      node('Chosen', { value: [{ name: 'mine' }] }),
      node('Embed', { value: '', model_type: 'embedding' }),
    ],
    edges: [],
  }
  expect(fillings(document, 'language', [plain, able])).toEqual([
    { nodeId: 'Prompt', field: 'model', change: { value: [plain] } },
    { nodeId: 'Agent', field: 'model', change: { value: [able] } },
  ])
  expect(fillings(document, 'embedding', [])).toEqual([])
})
