import i18next from 'i18next'
import { expect, test } from 'vitest'
import { keepComponentText } from '../../i18n/component-text.ts'
import { type FlowNode, readDocument } from './flow-document.ts'
import { mentions } from './mentions.ts'

function nodeWith(template: Readonly<Record<string, unknown>>): FlowNode {
  const node = { display_name: 'Search the web', description: 'Finds pages', template }
  const [read] = readDocument({
    nodes: [{ id: 'Search-1', type: 'genericNode', data: { type: 'Search', node } }],
    edges: [],
  }).nodes
  if (!read) throw new Error('The node was not read')
  return read
}

test('finds a node by its name, id, description and by what its run complained of', () => {
  const node = nodeWith({})
  const found = ['SEARCH the', 'search-1', 'pages', 'too slow', 'absent'].map((text) =>
    mentions(node, 'Too slow', text),
  )
  expect(found).toEqual([true, true, true, true, false])
})

test('finds a node by its name in the language of the page', async () => {
  await i18next.init({ lng: 'zh', resources: {} })
  await keepComponentText('zh', () => Promise.resolve({ texts: { 'Search the web': '搜索网页' }, search_words: {} }))
  expect(mentions(nodeWith({}), undefined, '搜索')).toBe(true)
})

test('finds what fields hold, one text or a list of them', () => {
  const node = nodeWith({ query: { type: 'str', value: 'tea' }, urls: { type: 'str', value: ['https://a.test'] } })
  expect([mentions(node, undefined, 'TEA'), mentions(node, undefined, 'a.test')]).toEqual([true, true])
})

test('finds keys and values of dictionaries, cells of tables and numbers', () => {
  const node = nodeWith({
    headers: { type: 'dict', value: [{ accept: 'text/html' }] },
    rows: { type: 'table', value: [{ city: 'Kyoto', size: { people: 1_440_000 } }] },
    most: { type: 'int', value: 250 },
  })
  const found = ['accept', 'TEXT/html', 'kyoto', 'people', '1440000', '250', '251'].map((text) =>
    mentions(node, undefined, text),
  )
  expect(found).toEqual([true, true, true, true, true, true, false])
})

test('finds the variable a secret is read from, but neither secrets nor code', () => {
  const node = nodeWith({
    named: { type: 'str', password: true, load_from_db: true, value: 'SEARCH_KEY' },
    typed: { type: 'str', password: true, load_from_db: false, value: 'sk-hidden' },
    code: { type: 'code', value: 'class Hidden' },
  })
  expect([mentions(node, undefined, 'search_key'), mentions(node, undefined, 'hidden')]).toEqual([true, false])
})
