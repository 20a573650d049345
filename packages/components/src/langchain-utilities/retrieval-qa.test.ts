import { data } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { listStore } from '@runnel/testing/stores/list-store'
import { trialDocuments } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { retrievalQa } from './retrieval-qa.ts'

const retriever = listStore(trialDocuments.slice(0, 2))
const ask = async (chain_type: string, ...answers: string[]) => {
  const llm = fakeModel(...answers)
  const { text } = await runComponent(retrievalQa, {
    llm,
    retriever,
    chain_type,
    input_value: 'When is the refund paid?',
  })
  return { text: Object(text).text, prompts: llm.requests.map(({ messages }) => JSON.stringify(messages)) }
}

test('asks about all documents at once', async () => {
  const { text, prompts } = await ask('Stuff', 'Within a fortnight.')
  expect(text).toBe('Within a fortnight.')
  expect(prompts).toEqual([expect.stringMatching(/fourteen days.*Sundays.*When is the refund paid/)])
})

test('asks about each document, then about what these gave', async () => {
  const { text, prompts } = await ask('Map Reduce', 'fourteen', 'nothing', 'In 14 days.')
  expect(text).toBe('In 14 days.')
  expect(prompts).toHaveLength(3)
  expect(prompts[2]).toMatch(/fourteen.*nothing/)
})

test('betters an answer document by document', async () => {
  const { text, prompts } = await ask('Refine', 'Soon.', 'In 14 days.')
  expect(text).toBe('In 14 days.')
  expect(prompts[1]).toMatch(/Answer so far: Soon\..*Sundays/)
})

test('takes the answer the model is surest of', async () => {
  expect((await ask('Map Rerank', 'No idea.\nScore: 3', 'In 14 days.\nScore: 95')).text).toBe('In 14 days.')
})

test('writes the documents below the answer when it is told to', async () => {
  const store = listStore([data({ text: 'Paid in 14 days.', source: 'terms.md' })])
  const inputs = { llm: fakeModel('Soon.'), retriever: store, input_value: 'When?', return_source_documents: true }
  const { text, $usage } = await runComponent(retrievalQa, inputs)
  // One token of the model, and one of the store for the query.
  expect($usage).toMatchObject({ input_tokens: 2 })
  expect(text).toMatchObject({ text: 'Soon.\nReferences:\n- terms.md: Paid in 14 days.' })
})

test('needs a store', async () => {
  const run = runComponent(retrievalQa, { llm: fakeModel(''), input_value: 'x' })
  await expect(run).rejects.toThrow('There is no vector store. Connect one to Retriever.')
})
