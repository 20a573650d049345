import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { flowChanges } from './flow-changes.ts'

beforeAll(async () => {
  const workspace = { compare: { property: { description: 'Description' } } }
  await i18next.init({ lng: 'en', resources: { en: { workspace } } })
})

const node = (id: string, x: number, text: string, key = ''): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x, y: 0 },
  measured: { width: x },
  data: {
    id,
    type: 'Prompt',
    node: {
      display_name: id,
      description: '',
      template: { text: { display_name: 'Template', value: text }, key: { password: true, value: key } },
    },
  },
})
const flow = (nodes: readonly FlowNode[], ends: readonly (readonly [string, string])[] = []): FlowDocument => ({
  nodes,
  edges: ends.map(([source, target]) => ({ id: `${source}-${target}`, source, target })),
})

test('tells nodes that came, went, changed and moved, and edges that came and went', () => {
  const before = flow([node('a', 0, 'one'), node('b', 0, ''), node('c', 0, 'gone')], [['a', 'c']])
  const after = flow([node('a', 9, 'two'), node('b', 9, ''), node('d', 0, 'new', 'sk-1')], [['a', 'd']])
  const { nodes, edges } = flowChanges(before, after)
  expect(nodes).toEqual([
    { id: 'a', name: 'a', kind: 'changed', fields: [{ label: 'Template', mine: 'two', theirs: 'one' }] },
    { id: 'b', name: 'b', kind: 'moved', fields: [] },
    { id: 'd', name: 'd', kind: 'added', fields: [{ label: 'Template', mine: 'new', theirs: '' }] },
    { id: 'c', name: 'c', kind: 'removed', fields: [{ label: 'Template', mine: '', theirs: 'gone' }] },
  ])
  expect(edges.map(({ id, kind }) => [id, kind])).toEqual([
    ['added a-d', 'added'],
    ['removed a-c', 'removed'],
  ])
})

test('a secret that a kept version has lost is no difference, nor is how large a node was drawn', () => {
  const before = flow([node('a', 0, 'one')])
  const after = flow([{ ...node('a', 0, 'one', 'sk-1'), measured: { width: 5 }, selected: true }])
  expect(flowChanges(before, after)).toEqual({ nodes: [], edges: [] })
})

test('a node that came tells what it shows and is filled in, a note its text', () => {
  const template = {
    text: { display_name: 'Template', value: 'Hello' },
    list: { display_name: 'List', value: [] },
    depth: { display_name: 'Depth', value: 3, advanced: true },
    code: { display_name: 'Code', value: 'class A' },
  }
  const bare = node('a', 0, '')
  const full = { ...bare, data: { ...bare.data, node: { ...bare.data.node, template } } }
  const note = node('n', 0, '')
  const written = { ...note, type: 'noteNode', data: { ...note.data, node: { ...note.data.node, description: 'Why' } } }
  expect(flowChanges(flow([]), flow([full, written])).nodes.map(({ fields }) => fields)).toEqual([
    [{ label: 'Template', mine: 'Hello', theirs: '' }],
    [{ label: 'Description', mine: 'Why', theirs: '' }],
  ])
})
