import { expect, test } from 'vitest'
import { type ComponentNode, emptyDocument, type FlowDocument } from '../model/flow-document.ts'
import { addNode } from './add-node.ts'
import { connect } from './connect.ts'
import { groupNodes } from './group.ts'
import { fieldOwner } from './group-fields.ts'
import { newNode } from './new-node.ts'
import { refreshComponent } from './refresh-component.ts'
import { setField } from './set-field.ts'
import { ungroup } from './ungroup.ts'

const step: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: {
    text: { type: 'str', value: 'kept', input_types: ['Message'] },
    prompt: { type: 'prompt', value: 'Hello' },
    old: { type: 'str', value: '', input_types: ['Message'] },
  },
  outputs: [{ name: 'out', types: ['Message'], selected: 'Message' }],
}

/** Three steps in a row, of which the last two are a group, in another group with the first where it is deep. */
function grouped(isDeep: boolean) {
  const nodes = [0, 1, 2].map((index) => newNode('Step', step, { x: index * 400, y: 0 }))
  const [first = '', second = '', third = ''] = nodes.map(({ id }) => id)
  let document = nodes.reduce<FlowDocument>((all, node) => addNode.apply(all, { node }), emptyDocument)
  const join = (source: string, target: string, field: string): void => {
    document = connect.apply(document, { source, sourceHandle: 'out:out', target, targetHandle: `in:${field}` })
  }
  join(first, second, 'text')
  join(second, third, 'text')
  join(first, second, 'old')
  document = groupNodes.apply(document, { ids: new Set([second, third]) })
  if (isDeep) document = groupNodes.apply(document, { ids: new Set(document.nodes.map(({ id }) => id)) })
  const group = document.nodes.find(({ data }) => data.type === 'GroupNode')
  if (!group) throw new Error('There is no group')
  const field = Object.entries(group.data.node.template).find(
    ([key, one]) => key.startsWith(`prompt_${second}`) && one.type === 'prompt',
  )?.[0]
  if (field === undefined) throw new Error('The group has no such field')
  return { document, group, field, second }
}

test.each([false, true])(
  'a field of a group reshapes the node it belongs to, and the group with it (deep: %s)',
  (isDeep) => {
    const start = grouped(isDeep)
    const { group, field, second } = start
    const document = setField.apply(start.document, { nodeId: group.id, field, change: { value: 'Hello {who}' } })
    const now = document.nodes.find(({ id }) => id === group.id)
    if (!now) throw new Error('The group is gone')
    const owner = fieldOwner(now, field)
    expect([owner.node.id, owner.field]).toEqual([second, 'prompt'])
    const sent = owner.node.data.node
    expect(sent.template.prompt?.value).toBe('Hello {who}')
    const { old: _, ...left } = sent.template
    const answer = { ...sent, template: { ...left, who: { type: 'str', value: '', input_types: ['Message'] } } }
    const after = refreshComponent.apply(document, { nodeId: group.id, field, sent, answer })
    const { template } = after.nodes.find(({ id }) => id === group.id)?.data.node ?? step
    const names = Object.keys(template)
    expect(names.some((name) => name.startsWith(`who_${second}`))).toBe(true)
    expect(names.some((name) => name.startsWith(`old_${second}`))).toBe(false)
    expect(template[field]?.value).toBe('Hello {who}')
    // The edge into the field that is gone goes with it; where the whole way is inside, it was one of the group's own.
    expect(after.edges.length).toBe(isDeep ? 0 : 1)
    const apart = (of: FlowDocument): FlowDocument =>
      of.nodes.reduce((all, { id, data }) => (data.type === 'GroupNode' ? apart(ungroup.apply(all, { id })) : all), of)
    const { nodes } = apart(after)
    expect(nodes.find(({ id }) => id === second)?.data.node.template).toMatchObject({
      prompt: { value: 'Hello {who}' },
      who: { value: '' },
    })
  },
)
