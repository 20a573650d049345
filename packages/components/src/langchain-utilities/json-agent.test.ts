import type { ModelPart } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { jsonAgent } from './json-agent.ts'

const bytes = new TextEncoder().encode('{"rivers":[{"name":"Nile","km":6650},{"name":"Po","km":652}]}')
const files = { 'user-1/rivers.json': { name: 'rivers.json', mediaType: 'application/json', bytes } }

test.each([
  ['json_structure', {}, '{"rivers": {"list of 2, each like": {"name": "string", "km": "number"}}}'],
  ['json_query', { program: '.rivers | map(.km) | add' }, '7302'],
  ['json_query', { program: '.rivers[].name' }, '["Nile","Po"]'],
])('%s of %j tells the model of the document', async (name, input, told) => {
  const call: readonly ModelPart[] = [
    { type: 'tool-call', call: { id: 'c-1', name, input } },
    { type: 'finish', reason: 'tool_calls', usage: null },
  ]
  const llm = fakeModel(call, 'Done.')
  const inputs = { llm, path: ['user-1/rivers.json'], input_value: 'How long?' }
  expect(await runComponent(jsonAgent, inputs, { files })).toMatchObject({ response: { text: 'Done.' } })
  expect(llm.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool', output: told })
})

test('needs a file', async () => {
  const run = runComponent(jsonAgent, { llm: fakeModel(''), path: [], input_value: 'x' })
  await expect(run).rejects.toThrow('There is no file.')
})
