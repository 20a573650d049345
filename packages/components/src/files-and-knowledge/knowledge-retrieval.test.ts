import { data } from '@runnel/sdk'
import { knowledgeVectors } from '@runnel/testing/knowledge-vectors'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { knowledgeIngestion } from './knowledge-ingestion.ts'
import { knowledgeRetrieval } from './knowledge-retrieval.ts'

test('finds what another node has kept', async () => {
  const vectors = knowledgeVectors({ knowledge: 'notes' })
  const input_df = [data({ text: 'Cats sleep', n: 1 }), data({ text: 'Dogs run', n: 2 })]
  await runComponent(knowledgeIngestion, { knowledge_base: 'notes', input_df }, { vectors })
  const asked = { knowledge_base: 'notes', search_query: 'sleeping cat', top_k: 1 }
  const { retrieve_data } = await runComponent(knowledgeRetrieval, asked, { vectors })
  expect(retrieve_data).toMatchObject({ rows: [{ content: 'Cats sleep', n: '1', _score: expect.any(Number) }] })
})
