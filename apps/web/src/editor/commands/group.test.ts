import { expect, test } from 'vitest'
import { type ComponentNode, emptyDocument, type FlowDocument } from '../model/flow-document.ts'
import { makeEdge } from '../model/handles.ts'
import { addNode } from './add-node.ts'
import { connect } from './connect.ts'
import { copyOf, fragmentOf } from './duplicate.ts'
import { groupNodes, refusalToGroup } from './group.ts'
import { newNode } from './new-node.ts'
import { ungroup } from './ungroup.ts'

const step: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: { text: { type: 'str', value: 'kept', input_types: ['Message'] } },
  outputs: [{ name: 'out', types: ['Message'], selected: 'Message' }],
}

/** Four steps in a row. */
function row() {
  const nodes = [0, 1, 2, 3].map((index) => newNode('Step', step, { x: index * 400, y: 0 }))
  let document: FlowDocument = emptyDocument
  for (const node of nodes) document = addNode.apply(document, { node })
  for (const [index, node] of nodes.slice(1).entries()) {
    document = connect.apply(document, {
      source: nodes[index]?.id ?? '',
      sourceHandle: 'out:out',
      target: node.id,
      targetHandle: 'in:text',
    })
  }
  return { document, ids: nodes.map(({ id }) => id) }
}

const endsOf = ({ edges }: FlowDocument) => edges.map(({ source, target }) => [source, target]).sort()

test('a group stands between what led to it and what it led to, and comes apart into what it was', () => {
  const { document, ids } = row()
  const [first = '', second = '', third = '', last = ''] = ids
  const grouped = groupNodes.apply(document, { ids: new Set([second, third]) })
  const group = grouped.nodes.find(({ data }) => data.type === 'GroupNode')
  expect(grouped.nodes.map(({ id }) => id)).toEqual([first, last, group?.id])
  expect(endsOf(grouped)).toEqual(
    [
      [first, group?.id],
      [group?.id, last],
    ].sort(),
  )
  expect(Object.keys(group?.data.node.template ?? {})).toEqual([`text_${second}`])

  const apart = ungroup.apply(grouped, { id: group?.id ?? '' })
  expect(endsOf(apart)).toEqual(endsOf(document))
  expect(apart.nodes.find(({ id }) => id === second)?.data).toEqual(document.nodes[1]?.data)
})

test('what comes out of a group stands where it stood, and as far from there as the group was moved', () => {
  const { document, ids } = row()
  const grouped = groupNodes.apply(document, { ids: new Set(ids.slice(1, 3)) })
  const group = grouped.nodes.find(({ data }) => data.type === 'GroupNode')
  if (!group) throw new Error('There is no group')
  const placesAt = (x: number, y: number) => {
    const moved = { ...group, position: { x: group.position.x + x, y: group.position.y + y } }
    const nodes = grouped.nodes.map((node) => (node === group ? moved : node))
    const apart = ungroup.apply({ ...grouped, nodes }, { id: group.id })
    return ids.slice(1, 3).map((id) => apart.nodes.find((node) => node.id === id)?.position)
  }
  expect(placesAt(0, 0)).toEqual([
    { x: 400, y: 0 },
    { x: 800, y: 0 },
  ])
  expect(placesAt(30, -8)).toEqual([
    { x: 430, y: -8 },
    { x: 830, y: -8 },
  ])
})

test('what is used outside from the middle of a group stays connected, in the group and out of it', () => {
  const { document, ids } = row()
  const [, second = '', third = ''] = ids
  const other = newNode('Step', step, { x: 0, y: 300 })
  const forked = connect.apply(addNode.apply(document, { node: other }), {
    source: second,
    sourceHandle: 'out:out',
    target: other.id,
    targetHandle: 'in:text',
  })
  const grouped = groupNodes.apply(forked, { ids: new Set([second, third]) })
  const group = grouped.nodes.find(({ data }) => data.type === 'GroupNode')
  expect(group?.data.node.outputs?.map(({ name }) => name)).toEqual([`${third}_out`, `${second}_out`])
  const edge = grouped.edges.find(({ target }) => target === other.id)
  expect(edge?.data?.sourceHandle).toMatchObject({ id: group?.id, name: `${second}_out` })
  expect(endsOf(ungroup.apply(grouped, { id: group?.id ?? '' }))).toEqual(endsOf(forked))
})

test('a copy of a group, also of one in a group, shares no id with it and comes apart as the first does', () => {
  const { document, ids } = row()
  const [first = '', second = '', third = '', last = ''] = ids
  const once = groupNodes.apply(document, { ids: new Set([second, third]) })
  const twice = groupNodes.apply(once, {
    ids: new Set([...once.nodes.map(({ id }) => id)].filter((id) => id !== last)),
  })
  const group = twice.nodes.find(({ data }) => data.type === 'GroupNode')
  if (!group) throw new Error('There is no group')
  const copied = copyOf(fragmentOf(twice, new Set([group.id, last])), { x: 0, y: 0 })
  const text = JSON.stringify(copied)
  for (const id of [first, second, third, last, group.id]) expect(text).not.toContain(id)
  const apart = (of: FlowDocument): FlowDocument =>
    of.nodes.reduce((left, { id, data }) => (data.type === 'GroupNode' ? apart(ungroup.apply(left, { id })) : left), of)
  const { nodes, edges } = apart({ ...emptyDocument, ...copied })
  expect([nodes.length, edges.length]).toEqual([4, 3])
  const known = new Set(nodes.map(({ id }) => id))
  expect(edges.every(({ source, target }) => known.has(source) && known.has(target))).toBe(true)
  for (const { source, target, data } of edges)
    expect([data?.sourceHandle?.id, data?.targetHandle?.id]).toEqual([source, target])
})

test('refuses one node, nodes that are not joined, and more than one way out', () => {
  const { document, ids } = row()
  const [first = '', second = '', third = '', last = ''] = ids
  expect(refusalToGroup(document, new Set([first]))).toBe('tooFew')
  expect(refusalToGroup(document, new Set([first, third]))).toBe('loose')
  const forked = connect.apply(addNode.apply(document, { node: newNode('Step', step, { x: 0, y: 300 }) }), {
    source: first,
    sourceHandle: 'out:out',
    target: last,
    targetHandle: 'in:text',
  })
  expect(refusalToGroup(forked, new Set([first, second, last]))).toBe('manyOutputs')
  const back = makeEdge(
    { dataType: 'Step', id: last, name: 'out', output_types: ['Message'] },
    { dataType: 'Step', id: second, name: 'item', output_types: ['Message'] },
  )
  const looped = { ...document, edges: [...document.edges, back] }
  expect(refusalToGroup(looped, new Set([second, third]))).toBe('loop')
})
