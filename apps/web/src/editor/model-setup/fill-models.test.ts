import { expect, test } from 'vitest'
import { setDisabled } from '../commands/set-disabled.ts'
import type { RunPart } from '../model/topology.ts'
import { fillings, wantedModels } from './fill-models.ts'

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

test('a part of a flow that needs no model asks for none', () => {
  const off = setDisabled.apply(
    { nodes: [node('Off', { value: '' })], edges: [] },
    { nodes: new Set(['Off']), disabled: 'stop' },
  )
  const document = {
    nodes: [node('Said', { type: 'str' }), node('Model', { value: '' }), ...off.nodes],
    edges: [{ id: 'e', source: 'Said', target: 'Model' }],
  }
  const wanted = (part: RunPart) => wantedModels(document, part)
  expect(wanted({ stopAt: 'Said' })).toEqual([])
  expect(wanted({ stopAt: 'Off' })).toEqual([])
  expect(wanted({ startAt: 'Said' })).toEqual(['language'])
  expect(wanted({})).toEqual(['language'])
})
