import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withKnowledgeBase } from './ingestion-template.ts'

const file = join(import.meta.dirname, '../../../../../starters/Fill a Knowledge Base.json')
const { data } = JSON.parse(readFileSync(file, 'utf8'))
const basesIn = (graph: typeof data): readonly unknown[] =>
  graph.nodes.flatMap((node: { data: { node?: { template?: { knowledge_base?: { value: unknown } } } } }) =>
    node.data.node?.template?.knowledge_base ? [node.data.node.template.knowledge_base.value] : [],
  )

test('the template that fills a knowledge base is given one, and stays as it was', () => {
  expect(basesIn(withKnowledgeBase(data, 'Manuals'))).toEqual(['Manuals'])
  expect(basesIn(data)).toEqual([''])
})
