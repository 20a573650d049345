import { data, type ModelPart, message, type Tool } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { toolCallingAgent } from './tool-calling-agent.ts'

const call: readonly ModelPart[] = [
  { type: 'tool-call', call: { id: 'c-1', name: 'echo', input: { word: 'hi' } } },
  { type: 'finish', reason: 'tool_calls', usage: null },
]
const echo: Tool = {
  kind: 'tool',
  name: 'echo',
  tags: ['echo'],
  description: 'Says it again.',
  inputSchema: { type: 'object', properties: {} },
  call: async (input) => data(input),
}

test('calls the connected tools, and no others, until there is an answer', async () => {
  const model = fakeModel(call, 'Done.')
  const { response } = await runComponent(toolCallingAgent, {
    model,
    tools: [[echo]],
    input_value: message('Go'),
    chat_history: [],
  })
  expect(response).toMatchObject({ text: 'Done.' })
  expect(model.requests.map(({ tools }) => tools?.map(({ name }) => name))).toEqual([['echo'], ['echo']])
  expect(model.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool', output: '{"word": "hi"}' })
})

test('shows the model what was said before between the instructions and the question', async () => {
  const model = fakeModel('Yes.')
  const chat_history = [
    data({ text: 'Do you know Ada?', sender: 'User' }),
    message('I do.', { sender: 'Machine' }),
    data({ text: ' ', sender: 'User' }),
  ]
  await runComponent(toolCallingAgent, {
    model,
    tools: [],
    input_value: message('Did she write code?'),
    system_prompt: 'Be brief.',
    chat_history,
  })
  expect(model.requests[0]?.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Do you know Ada?' }] },
    { role: 'assistant', content: 'I do.' },
    { role: 'user', content: [{ type: 'text', text: 'Did she write code?' }] },
  ])
})

test('stops after the most turns it may take', async () => {
  const model = fakeModel(call)
  const { response } = await runComponent(toolCallingAgent, {
    model,
    tools: [echo],
    input_value: message('Go'),
    max_iterations: 2,
    chat_history: [],
  })
  expect(response).toMatchObject({ text: 'Agent stopped due to max iterations.' })
  expect(model.requests).toHaveLength(2)
})

test('asks the model older files connect to llm', async () => {
  const llm = fakeModel('Done.')
  const inputs = { tools: [], input_value: message('Go'), chat_history: [] }
  const { response } = await runComponent(toolCallingAgent, inputs, { dynamic: { llm: [llm] } })
  expect(response).toMatchObject({ text: 'Done.' })
})

test('asks for a model', async () => {
  const run = runComponent(toolCallingAgent, { tools: [], input_value: message('Go'), chat_history: [] })
  await expect(run).rejects.toMatchObject({ code: 'invalid_field' })
})
