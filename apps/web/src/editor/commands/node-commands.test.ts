import { expect, test } from 'vitest'
import type { ComponentNode, FlowDocument, FlowNode } from '../model/flow-document.ts'
import { makeEdge } from '../model/handles.ts'
import { staleNodes } from '../run/stale-nodes.ts'
import { copyOf, insertFragment } from './duplicate.ts'
import { lostEdges } from './fit-edges.ts'
import { moveNodes } from './move-nodes.ts'
import { pinOutputs } from './pin-outputs.ts'
import { refreshComponent } from './refresh-component.ts'
import { selectOutput } from './select-output.ts'
import { setComponent } from './set-component.ts'
import { setDisabled } from './set-disabled.ts'
import { setField } from './set-field.ts'
import { setFrozen } from './set-frozen.ts'
import { setMinimised } from './set-minimised.ts'
import { setWidth } from './set-width.ts'
import { withoutSurplus } from './single-nodes.ts'

const component: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: { input: { type: 'str', value: '', input_types: ['Message'] } },
  outputs: [
    { name: 'text', types: ['Message'] },
    { name: 'data', types: ['Data'] },
  ],
}
const node = (id: string): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Step', node: component },
})
const edge = (source: string, target: string) =>
  makeEdge(
    { dataType: 'Step', id: source, name: 'text', output_types: ['Message'] },
    { fieldName: 'input', id: target, inputTypes: ['Message'], type: 'str' },
  )
const flow: FlowDocument = {
  nodes: ['a', 'b', 'c', 'd'].map(node),
  edges: [edge('a', 'b'), edge('b', 'c')],
}
const only = (id: string): ReadonlySet<string> => new Set([id])

test('freezes a node with everything upstream, and nothing beside it', () => {
  const frozen = setFrozen.apply(flow, { nodes: only('b'), frozen: true })
  expect(frozen.nodes.map(({ data }) => data.node.frozen ?? false)).toEqual([true, true, false, false])
  expect(setFrozen.apply(frozen, { nodes: only('b'), frozen: true })).toBe(frozen)
})

test('switches nodes off and on again, leaving nothing behind', () => {
  const off = setDisabled.apply(flow, { nodes: new Set(['a', 'b']), disabled: 'pass' })
  expect(off.nodes.map(({ data }) => data.node.disabled)).toEqual(['pass', 'pass', undefined, undefined])
  expect(setDisabled.apply(off, { nodes: only('a'), disabled: 'pass' })).toBe(off)
  expect(setDisabled.apply(off, { nodes: new Set(['a', 'b', 'c']), disabled: undefined })).toEqual(flow)
})

test('pins outputs of a node and takes the pins away', () => {
  const pinned = pinOutputs.apply(flow, { nodeId: 'a', outputs: { text: 'kept' } })
  expect(pinned.nodes[0]?.data.node.pinned_outputs).toEqual({ text: 'kept' })
  expect(staleNodes(pinned, flow)).toEqual(new Set(['a', 'b', 'c']))
  expect(pinOutputs.apply(pinned, { nodeId: 'a', outputs: undefined })).toEqual(flow)
})

test('folds and unfolds any number of times', () => {
  const folded = setMinimised.apply(flow, { nodes: only('a'), minimised: true })
  expect(folded.nodes[0]?.data.showNode).toBe(false)
  const unfolded = setMinimised.apply(folded, { nodes: only('a'), minimised: false })
  expect(unfolded.nodes[0]?.data.showNode).toBe(true)
  expect(setMinimised.apply(unfolded, { nodes: only('a'), minimised: false })).toBe(unfolded)
})

test('an edge goes with the handle it had, and the others stay the same objects', () => {
  const changed = setComponent.apply(flow, { nodeId: 'b', change: { template: {} } })
  expect(changed.edges).toEqual([flow.edges[1]])
  expect(changed.edges[0]).toBe(flow.edges[1])
  expect(lostEdges(flow, changed)).toEqual([flow.edges[0]])
})

test('choosing another output takes its edges along where they fit, else they go', () => {
  const chosen = selectOutput.apply(flow, { nodeId: 'a', output: 'data', instead: ['text', 'data'] })
  expect(chosen.nodes[0]?.data.selected_output).toBe('data')
  expect(lostEdges(flow, chosen).map(({ source }) => source)).toEqual(['a'])
})

test('a described node keeps what the user changed since it was sent', () => {
  const sent = component
  const written = setField.apply(flow, { nodeId: 'a', field: 'input', change: { value: 'mine' } })
  const answer = { ...component, template: { ...component.template, more: { type: 'int', value: 1 } } }
  const refreshed = refreshComponent.apply(written, { nodeId: 'a', sent, answer })
  expect(refreshed.nodes[0]?.data.node.template).toEqual({
    input: { type: 'str', value: 'mine', input_types: ['Message'] },
    more: { type: 'int', value: 1 },
  })
  expect(refreshed.edges).toBe(written.edges)
})

test('what follows from a changed field is stale; what was only moved or renamed is not', () => {
  expect(staleNodes(flow, undefined).size).toBe(0)
  const changed = setField.apply(flow, { nodeId: 'b', field: 'input', change: { value: 'x' } })
  expect([...staleNodes(changed, flow)]).toEqual(['b', 'c'])
  const moved = moveNodes.apply(flow, { positions: new Map([['a', { x: 9, y: 9 }]]) })
  expect(staleNodes(moved, flow).size).toBe(0)
  const renamed = setComponent.apply(flow, { nodeId: 'a', change: { display_name: 'New' } })
  expect(staleNodes(renamed, flow).size).toBe(0)
  expect([...staleNodes({ ...flow, edges: [] }, flow)]).toEqual(['b', 'c'])
})

test('a node is as wide as is wanted, within bounds', () => {
  const width = (wanted: number): number | undefined =>
    setWidth.apply(flow, { nodeId: 'a', width: wanted }).nodes[0]?.width
  expect([width(400.4), width(10), width(9999)]).toEqual([400, 280, 640])
})

test('a copy leaves the name callers know a field by to the field that has it', () => {
  const change = { api_editable: true, api_name: 'topic' }
  const known = setField.apply(flow, { nodeId: 'a', field: 'input', change })
  const fragment = copyOf({ nodes: known.nodes.slice(0, 2), edges: [] }, { x: 0, y: 0 })
  const namesIn = ({ nodes }: FlowDocument) => nodes.map(({ data }) => data.node.template.input?.api_name)
  expect(namesIn(insertFragment.apply(known, { fragment }))).toEqual([
    'topic',
    undefined,
    undefined,
    undefined,
    '',
    undefined,
  ])
  expect(namesIn(insertFragment.apply(flow, { fragment })).at(-2)).toBe('topic')
})

test('of what a flow takes one, a fragment brings none where it is there already, and else the first', () => {
  const chat = (id: string): FlowNode => ({ ...node(id), data: { ...node(id).data, type: 'ChatInput' } })
  const fragment = { nodes: [chat('x'), chat('y'), node('z')], edges: [edge('x', 'z'), edge('y', 'z')] }
  const ids = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id)
  const into = (nodes: readonly FlowNode[]) => {
    const { fits, surplus } = withoutSurplus({ nodes }, fragment)
    return [ids(fits.nodes), ids(fits.edges), ids(surplus)]
  }
  expect(into([node('a')])).toEqual([['x', 'z'], [edge('x', 'z').id], ['y']])
  expect(into([chat('a')])).toEqual([['z'], [], ['x', 'y']])
})
