import { expect, test } from 'vitest'
import { setField } from './commands/set-field.ts'
import { keeper } from './from-flow.ts'
import { type FlowDocument, readDocument } from './model/flow-document.ts'

const node = (id: string) => ({
  id,
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, template: { text: { type: 'str', value: '' } } } },
})
const document = readDocument({ nodes: [node('One'), node('Two')], edges: [] })
const typed = setField.apply(document, { nodeId: 'One', field: 'text', change: { value: 'a' } })

test('what is made of a flow stays the same object while a field is typed in that it does not tell of', () => {
  const names = ({ nodes }: FlowDocument) => nodes.map(({ id, data }) => ({ id, name: data.node.display_name }))
  const texts = ({ nodes }: FlowDocument) => nodes.map(({ data }) => data.node.template.text?.value)
  const [kept, keptTexts] = [keeper<ReturnType<typeof names>>(), keeper<ReturnType<typeof texts>>()]
  const before = kept(document, names)
  expect(kept(typed, names)).toBe(before)
  // A function made anew by a render tells the same.
  expect(kept(typed, (flow) => names(flow))).toBe(before)
  expect(keptTexts(document, texts)).toEqual(['', ''])
  expect(keptTexts(typed, texts)).toEqual(['a', ''])
})

test('it is made once for each state of the flow', () => {
  let made = 0
  const count = () => ++made
  const kept = keeper<number>()
  expect([kept(document, count), kept(document, count), kept(typed, count), kept(typed, count)]).toEqual([1, 1, 2, 2])
})
