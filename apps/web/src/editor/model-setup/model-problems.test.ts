import { expect, test } from 'vitest'
import { setDisabled } from '../commands/set-disabled.ts'
import { modelProblems } from './model-problems.ts'

const node = (id: string, field: Readonly<Record<string, unknown>>) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, description: '', template: { model: { type: 'model', ...field } } } },
})

test('nodes without a model are problems while nobody has set one of their kind up', () => {
  const off = setDisabled.apply(
    { nodes: [node('Off', { value: '' })], edges: [] },
    { nodes: new Set(['Off']), disabled: 'stop' },
  )
  const document = {
    nodes: [
      node('Ask', { value: '' }),
      node('Chosen', { value: [{ name: 'mine' }] }),
      node('Embed', { value: '', model_type: 'embedding' }),
      ...off.nodes,
    ],
    edges: [],
  }
  const ask = { key: 'modelLacking', values: { component: 'Ask' }, nodeId: 'Ask', field: 'model' }
  const embed = { key: 'embeddingsLacking', values: { component: 'Embed' }, nodeId: 'Embed', field: 'model' }
  expect(modelProblems(document, ['language', 'embeddings'])).toEqual([ask, embed])
  expect(modelProblems(document, ['embeddings'])).toEqual([embed])
  expect(modelProblems(document, [])).toEqual([])
})
