import { data } from '@runnel/sdk'
import { knowledgeVectors } from '@runnel/testing/knowledge-vectors'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { knowledgeIngestion } from './knowledge-ingestion.ts'

test('keeps a list of Data', async () => {
  const vectors = knowledgeVectors({ knowledge: 'notes' })
  const input_df = [data({ text: 'One', n: 1 }), data({ text: 'Two', n: 2 })]
  const run = await runComponent(knowledgeIngestion, { knowledge_base: 'notes', input_df }, { vectors })
  expect(run.dataframe_output).toMatchObject({ data: { rows: 2, chunks_created: 2 } })
})

test('says what it was doing when it fails', async () => {
  const run = runComponent(knowledgeIngestion, { knowledge_base: 'notes', input_df: [data({ text: 'One' })] })
  await expect(run).rejects.toThrow('Error during KB ingestion: No embedding model configuration found.')
})
