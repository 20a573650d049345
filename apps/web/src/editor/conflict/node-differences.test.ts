import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { FlowNode } from '../model/flow-document.ts'
import { nodeDifferences } from './node-differences.ts'

beforeAll(async () => {
  const workspace = { compare: { property: { position: 'Position' } } }
  await i18next.init({ lng: 'en', resources: { en: { workspace } } })
})

const node = (x: number, text: string, key: string): FlowNode => ({
  id: 'a',
  type: 'genericNode',
  position: { x, y: 0 },
  data: {
    id: 'a',
    type: 'Prompt',
    node: {
      display_name: 'Prompt',
      description: '',
      template: {
        text: { display_name: 'Template', value: text },
        key: { display_name: 'API Key', password: true, value: key },
        same: { value: 1 },
      },
    },
  },
})

test('a row for each field and property that differs; secrets stay secret', () => {
  expect(nodeDifferences(node(1, 'mine', 'sk-1'), node(2, 'theirs', ''))).toEqual([
    { label: 'Position', mine: '{\n "x": 1,\n "y": 0\n}', theirs: '{\n "x": 2,\n "y": 0\n}' },
    { label: 'Template', mine: 'mine', theirs: 'theirs' },
    { label: 'API Key', mine: '••••••', theirs: '' },
  ])
})
