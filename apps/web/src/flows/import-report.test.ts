import { expect, test } from 'vitest'
import { createCatalogue } from '../editor/catalogue.ts'
import { notesOf } from './import-report.ts'

const known = createCatalogue({ processing: { Step: { display_name: 'Step' } } })
const node = (id: string, type: string, change: object = {}) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type, node: { display_name: type, template: {}, ...change } },
})
const notes = (nodes: readonly object[], edges: readonly object[] = []) =>
  notesOf({ name: 'Mine', data: { nodes: [...nodes], edges: [...edges] } }, known)

test('nothing is said of a flow that runs here as it is', () => {
  const edges = [{ source: 'a', target: 'b' }]
  expect(notes([node('a', 'Step'), node('b', 'Step'), { ...node('n', 'Note'), type: 'noteNode' }], edges)).toEqual([])
})

test('components that are not here are named once, also those inside of a group', () => {
  const flow = { data: { nodes: [node('c', 'Gone'), node('d', 'Step')], edges: [] } }
  expect(notes([node('a', 'Lost'), node('b', 'Lost'), node('g', 'Group', { flow })])).toEqual([
    { key: 'report.unknown', flow: 'Mine', names: ['Lost', 'Gone'], count: 2 },
  ])
})

test('connections that lead nowhere, and what is no node, are counted', () => {
  const edges = [
    { source: 'a', target: 'gone' },
    { source: 'gone', target: 'a' },
  ]
  expect(notes([node('a', 'Step'), { id: 'bare' }], edges)).toEqual([
    { key: 'report.edges', flow: 'Mine', names: [], count: 2 },
    { key: 'report.nodes', flow: 'Mine', names: [], count: 1 },
  ])
})
