import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FlowRead } from '@runnel/protocol/flows'
import { expect, test } from 'vitest'
import { METHODS, nodeCount, USE_CASES, visibleTemplates } from './templates.ts'

const folder = join(import.meta.dirname, '../../../../../starters')
const starters = readdirSync(folder).map((file): FlowRead => JSON.parse(readFileSync(join(folder, file), 'utf8')))
const names = (flows: readonly FlowRead[]) => flows.map(({ name }) => name)

test('every starter is found under at least one category', () => {
  const found = [...USE_CASES, ...METHODS].flatMap((category) => visibleTemplates(starters, { category, search: '' }))
  expect(new Set(names(found))).toEqual(new Set(names(starters)))
})

test('the first steps are the smallest flows', () => {
  const first = visibleTemplates(starters, { category: 'get-started', search: '' })
  expect(names(first)[0]).toBe('Basic Prompting')
  expect(first.map(nodeCount)).toEqual(first.map(nodeCount).toSorted((a, b) => a - b))
})

test('a search looks at names and descriptions within the category', () => {
  expect(names(visibleTemplates(starters, { category: 'all-templates', search: 'PIECES one by one' }))).toEqual([])
  expect(names(visibleTemplates(starters, { category: 'all-templates', search: 'parts one by one' }))).toEqual([
    'Translate in Parts',
  ])
  expect(names(visibleTemplates(starters, { category: 'chatbots', search: 'parts one by one' }))).toEqual([])
})
