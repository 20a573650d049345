import { expect, test } from 'vitest'
import { setField } from '../commands/set-field.ts'
import { keeper } from '../from-flow.ts'
import { readDocument } from '../model/flow-document.ts'
import { type OutlineRow, outlineRows } from './outline-rows.ts'

const node = (id: string, x: number) => ({
  id,
  position: { x, y: 0 },
  data: {
    id,
    type: id,
    node: {
      display_name: `The ${id}`,
      icon: 'Type',
      template: { text: { type: 'str', display_name: 'Text', value: '', input_types: ['Message'] } },
      outputs: [{ name: 'out', display_name: 'Said', types: ['Message'], selected: 'Message' }],
    },
  },
})
const note = (id: string, x: number, more: object) => ({
  id,
  type: 'noteNode',
  position: { x, y: -100 },
  width: 600,
  height: 600,
  data: { id, type: 'note', node: { display_name: '', description: 'Part', template: {} }, ...more },
})
const document = readDocument({
  nodes: [note('Frame', 900, { frame: {} }), note('Note', 0, {}), node('End', 1000), node('Start', 0)],
  edges: [
    {
      id: 'edge',
      source: 'Start',
      target: 'End',
      data: {
        sourceHandle: { dataType: 'Start', id: 'Start', name: 'out', output_types: ['Message'] },
        targetHandle: { fieldName: 'text', id: 'End', inputTypes: ['Message'], type: 'str' },
      },
    },
  ],
})

test('a flow is told in the order it runs, with where its edges lead and the frames around its nodes', () => {
  expect(outlineRows(document)).toEqual([
    {
      id: 'Start',
      icon: 'Type',
      title: 'The Start',
      frame: undefined,
      leaving: [
        {
          id: 'edge',
          output: { name: 'out', display_name: 'Said' },
          to: 'The End',
          field: { name: 'text', display_name: 'Text' },
        },
      ],
    },
    { id: 'End', icon: 'Type', title: 'The End', frame: 'Part', leaving: [] },
  ])
})

test('what is typed into a field changes nothing of it', () => {
  const kept = keeper<readonly OutlineRow[]>()
  const rows = kept(document, outlineRows)
  const change = { value: 'typed' }
  expect(kept(setField.apply(document, { nodeId: 'End', field: 'text', change }), outlineRows)).toBe(rows)
})
