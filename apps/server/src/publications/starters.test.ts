import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { graphProblems } from '@runnel/engine/graph-problems'
import { createRegistry } from '@runnel/engine/registry'
import { expect, test } from 'vitest'
import { contractOf } from './contract.ts'

const folder = join(import.meta.dirname, '../../../../starters')
const registry = createRegistry(catalog)
const files = globSync('*.json', { cwd: folder })

/** What only whoever takes a starter can say: it is published once that is chosen. */
const ASKED: Readonly<Record<string, readonly string[]>> = { 'Fill a Knowledge Base.json': ['knowledge_base'] }

test('there are starter flows', () => expect(files.length).toBeGreaterThan(20))

test.each(files)('%s can be published, as it is unless it asks for something, and tells what it gives', (file) => {
  const { data } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const { problems, graph } = graphProblems(data, registry)
  expect(problems.map(({ field }) => field)).toEqual(ASKED[file] ?? [])
  expect(graph && contractOf(graph).outputs.length).toBeGreaterThan(0)
})
