import i18next from 'i18next'
import { expect, test } from 'vitest'
import { keepComponentText } from '../../i18n/component-text.ts'
import type { FlowDocument, FlowNode, NodeOutput } from '../model/flow-document.ts'
import { partnerHandle, scoreOf, typeFor } from './search-components.ts'

const node = (id: string, outputs: readonly NodeOutput[], accepts: readonly string[] = []): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'Step',
    node: {
      display_name: id,
      description: '',
      template: { into: { type: 'other', input_types: accepts, show: true } },
      outputs,
    },
  },
})
const target = { id: 't', fieldName: 'into', inputTypes: ['DataFrame'], type: 'other' }

test('an output that can be set to a type that fits is a partner, and its chosen type is kept where it does', () => {
  const output: NodeOutput = { name: 'out', types: ['Message', 'DataFrame'], selected: 'Message' }
  const given = node('g', [{ name: 'no', types: ['Embeddings'] }, output])
  const document: FlowDocument = { nodes: [node('t', [], ['DataFrame'])], edges: [] }
  expect(partnerHandle(document, { nodeId: 't', handle: 'in:into' }, given.data.node, 'Step')).toBe('out:out')
  expect(typeFor(given, output, target)).toBe('DataFrame')
  expect(typeFor(given, { ...output, selected: 'DataFrame' }, target)).toBe('DataFrame')
  expect(typeFor(given, { name: 'no', types: ['Embeddings'] }, target)).toBeUndefined()
})

test('a component is found by the beginning of a type it takes or gives, behind those of that name', () => {
  const entryOf = (name: string, gives: string) => ({
    type: name,
    category: 'tools',
    component: { ...node(name, [{ name: 'out', types: [gives] }]).data.node, display_name: name },
  })
  const [named, giving, other] = [
    entryOf('Data Frame Reader', 'Message'),
    entryOf('Loader', 'DataFrame'),
    entryOf('Loader', 'Message'),
  ]
  const scores = [named, giving, other].map((entry) => scoreOf(entry, 'datafr'))
  expect(scores[1]).toBeGreaterThan(0)
  expect(scores[2]).toBe(0)
  expect(scoreOf(named, 'data')).toBeGreaterThan(scoreOf(giving, 'data'))
})

test('several words are found in any order, behind what is called like them', () => {
  const entryOf = (display_name: string) => ({
    type: display_name.replace(' ', ''),
    category: 'models',
    component: { display_name, description: '', template: {} },
  })
  const [output, input] = [entryOf('Chat Output'), entryOf('Chat Input')]
  expect(scoreOf(output, 'output  chat')).toBeGreaterThan(0)
  expect(scoreOf(input, 'output chat')).toBe(0)
  expect(scoreOf(output, 'chat output')).toBeGreaterThan(scoreOf(output, 'output chat'))
  expect(scoreOf(input, 'input models')).toBeGreaterThan(0)
})

test('a component is found by other words for what it does', () => {
  const component = {
    display_name: 'SQL Database',
    description: '',
    template: {},
    metadata: { keywords: ['query', 3] },
  }
  const entry = { type: 'SQLComponent', category: 'data_source', component }
  expect(scoreOf(entry, 'Quer')).toBe(50)
  expect(scoreOf({ ...entry, component: { ...component, metadata: { keywords: 'query' } } }, 'quer')).toBe(0)
})

test('words of the language of the page lead to a component before names that have them in them', async () => {
  const entryOf = (type: string, display_name: string) => ({
    type,
    category: '',
    component: { display_name, description: '', template: {} },
  })
  const [model, embedding, router] = [
    entryOf('LanguageModelComponent', 'Language Model'),
    entryOf('EmbeddingModel', 'Embedding Model'),
    entryOf('ConditionalRouter', 'If-Else'),
  ]
  expect(scoreOf(router, '如果')).toBe(0)
  await keepComponentText('zh-CN', () =>
    Promise.resolve({
      texts: { 'Language Model': '语言模型', 'Embedding Model': '嵌入模型', 'If-Else': '条件判断' },
      search_words: { LanguageModelComponent: ['模型'], ConditionalRouter: ['如果', '分支'] },
    }),
  )
  await i18next.init({ lng: 'zh-CN', resources: {} })
  expect([router, model, embedding].map((entry) => scoreOf(entry, '如果') > 0)).toEqual([true, false, false])
  expect(scoreOf(router, '如')).toBe(50)
  expect(scoreOf(model, '模型')).toBeGreaterThan(scoreOf(embedding, '模型'))
  expect(scoreOf(embedding, '模型')).toBeGreaterThan(0)
})

test('letters left out are forgiven, letters far apart are another word', () => {
  const called = (display_name: string, search: string) =>
    scoreOf({ type: '', category: '', component: { display_name, description: '', template: {} } }, search)
  expect(called('Chat Input', 'chip')).toBe(10)
  expect(called('A Prompt', 'promt')).toBe(10)
  expect(called('ScrapeGraph Smart Scraper', 'parser')).toBe(0)
})
