import { type ModelPart, message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { listStore } from '@runnel/testing/stores/list-store'
import { trialDocuments } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { vectorStoreInfo } from './vector-store-info.ts'
import { vectorStoreRouterAgent } from './vector-store-router-agent.ts'

const infoOf = async (vectorstore_name: string, vectorstore_description: string) => {
  const input_vectorstore = listStore(trialDocuments)
  const { info } = await runComponent(vectorStoreInfo, { vectorstore_name, vectorstore_description, input_vectorstore })
  return info
}

test('looks things up in the store the model chooses', async () => {
  const call: readonly ModelPart[] = [
    { type: 'tool-call', call: { id: 'c-1', name: 'Office_rules', input: { query: 'Sundays' } } },
    { type: 'finish', reason: 'tool_calls', usage: null },
  ]
  const llm = fakeModel(call, 'It is closed.')
  const vectorstores = [await infoOf('Office rules', 'When the office is open.'), await infoOf('Recipes', 'Food.')]
  const { response } = await runComponent(vectorStoreRouterAgent, { llm, vectorstores, input_value: message('Open?') })
  expect(response).toMatchObject({ text: 'It is closed.' })
  expect(llm.requests[0]?.tools).toMatchObject([
    { name: 'Office_rules', description: expect.stringContaining('When the office is open.') },
    { name: 'Recipes' },
  ])
  const told = llm.requests[1]?.messages.at(-1)
  expect(told).toMatchObject({ role: 'tool', output: expect.stringMatching(/^The office is closed on Sundays\./) })
})

test('needs a store', async () => {
  const none = runComponent(vectorStoreRouterAgent, { llm: fakeModel(''), vectorstores: [] })
  await expect(none).rejects.toThrow('There is no vector store. Connect a VectorStoreInfo')
})
