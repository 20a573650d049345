import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExampleFlowRead } from '@runnel/protocol/example-flows'
import type { FlowRead } from '@runnel/protocol/flows'
import { expect, test } from 'vitest'
import {
  categoryOf,
  credentialsOf,
  GALLERY_AT_FIRST,
  METHODS,
  nodeCount,
  PROVIDER_KEY,
  searched,
  USE_CASES,
  visibleTemplates,
} from './templates.ts'

const folder = join(import.meta.dirname, '../../../../../starters')
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const starters = files.map((file): ExampleFlowRead => {
  const flow = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return { ...flow, name_key: flow.name.toLowerCase().replace(/\W+/g, '_') }
})
const names = (flows: readonly FlowRead[]) => flows.map(({ name }) => name)

test('every starter is found under at least one category', () => {
  const found = [...USE_CASES, ...METHODS].flatMap((category) => visibleTemplates(starters, { category, search: '' }))
  expect(new Set(names(found))).toEqual(new Set(names(starters)))
})

test('a newcomer sees a few, the simplest first', () => {
  const first = visibleTemplates(starters, { category: 'get-started', search: '' })
  expect(names(first).slice(0, 3)).toEqual(['Basic Prompting', 'Memory Chatbot', 'Simple Agent'])
  expect(first.every((flow) => nodeCount(flow) > 2)).toBe(true)
})

test('a search looks at names and descriptions within the category', () => {
  expect(names(visibleTemplates(starters, { category: 'all-templates', search: 'PIECES one by one' }))).toEqual([])
  expect(names(visibleTemplates(starters, { category: 'all-templates', search: 'parts one by one' }))).toEqual([
    'Translate in Parts',
  ])
  expect(names(visibleTemplates(starters, { category: 'chatbots', search: 'parts one by one' }))).toEqual([])
})

test('a search that begins at the first few looks at all, and one within a category stays there', () => {
  const began = searched(GALLERY_AT_FIRST, 'parts')
  expect(began).toEqual({ category: 'all-templates', search: 'parts' })
  expect(searched({ ...began, category: 'agents' }, 'parts one')).toEqual({ category: 'agents', search: 'parts one' })
  expect(searched({ category: 'get-started', search: 'chat' }, 'chats').category).toBe('get-started')
})

test('an address with no category of ours shows the first one', () => {
  expect(categoryOf('rag')).toBe('rag')
  expect(categoryOf('nonsense')).toBe('get-started')
})

test('a starter says once that it needs the key of a provider, however many models ask for it', () => {
  const chain = starters.find(({ name }) => name === 'Prompt Chaining')
  expect(chain && credentialsOf(chain)).toEqual([PROVIDER_KEY])
})
