import type { FlowHeaderRead } from '@runnel/protocol/flows'
import { expect, test } from 'vitest'
import { savedComponents } from './saved-components.ts'

const node = {
  id: 'Step-1',
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id: 'Step-1', type: 'Step', node: { display_name: 'Step', description: '', template: {} } },
}
// Only what is read of a header.
const header = (more: object): FlowHeaderRead =>
  ({ id: '1', name: 'Mine', is_component: true, ...more }) as FlowHeaderRead

test('flows of one node that say so are saved components, others and empty ones are not', () => {
  const flows = [
    header({ data: { nodes: [node], edges: [] } }),
    header({ is_component: false, data: null }),
    header({ data: { nodes: [], edges: [] } }),
  ]
  expect(savedComponents(flows)).toEqual([{ id: '1', name: 'Mine', node }])
})
