import { expect, test } from 'vitest'
import { type ComponentNode, emptyDocument, type FlowDocument } from '../model/flow-document.ts'
import { addNode } from './add-node.ts'
import { connect } from './connect.ts'
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
})
