import { expect, test } from 'vitest'
import type { FlowDocument, TemplateField } from '../model/flow-document.ts'
import { replaceable, replaceText } from './replace-text.ts'

const node = (template: Readonly<Record<string, TemplateField>>) => ({
  id: 'a',
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id: 'a', type: 'Prompt', node: { display_name: 'Prompt', description: 'cat', template } },
})
const note = {
  id: 'n',
  type: 'noteNode',
  position: { x: 0, y: 0 },
  data: { id: 'n', type: 'note', node: { display_name: '', description: 'A Cat. (cat)', template: {} } },
}
const valuesOf = ({ nodes }: FlowDocument) =>
  nodes.map(({ data }) => Object.values(data.node.template).map(({ value }) => value))

test('words of text fields, lists, prompts and notes are replaced in any case; nothing else is', () => {
  const document: FlowDocument = {
    nodes: [
      node({
        text: { type: 'str', value: 'Cat and cat' },
        prompt: { type: 'prompt', value: 'A cat says {name}' },
        breaking: { type: 'prompt', value: 'About {cat}' },
        secret: { type: 'str', password: true, value: 'cat' },
        variable: { type: 'str', load_from_db: true, value: 'cat' },
        choice: { type: 'str', options: ['cat'], value: 'cat' },
        code: { type: 'code', value: 'cat' },
        list: { type: 'str', list: true, value: ['dog', 'Cat'] },
      }),
      note,
    ],
    edges: [],
  }
  const replacement = { search: 'cat', by: '$& dog' }
  expect(replaceable(document, replacement)).toEqual({ texts: 4, nodes: 2 })
  const after = replaceText.apply(document, replacement)
  expect(valuesOf(after)[0]).toEqual([
    '$& dog and $& dog',
    'A $& dog says {name}',
    'About {cat}',
    'cat',
    'cat',
    'cat',
    'cat',
    ['dog', '$& dog'],
  ])
  expect(after.nodes[1]?.data.node.description).toBe('A $& dog. ($& dog)')
})

test('a text that is nowhere changes nothing; signs of patterns are plain letters', () => {
  const document: FlowDocument = { nodes: [note], edges: [] }
  expect(replaceText.apply(document, { search: '.*', by: 'x' })).toBe(document)
  expect(replaceText.apply(document, { search: '(cat)', by: 'x' }).nodes[0]?.data.node.description).toBe('A Cat. x')
})
