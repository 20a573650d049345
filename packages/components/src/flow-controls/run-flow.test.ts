import { AppError } from '@runnel/protocol/errors'
import { type FlowAsked, type FlowsPort, isTool, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { runFlow } from './run-flow.ts'

const field = (name: string, advanced = false) => ({ name, label: name, advanced })
const greeting = {
  id: 'f-1',
  name: 'Say hello!',
  description: 'Greets',
  inputs: [{ id: 'ChatInput-a', displayName: 'Chat Input', fields: [field('input_value'), field('sender', true)] }],
}

/** Flows of which the first answers with a text; `asked` is what they were asked. */
function flowsThat(answer: () => string) {
  const asked: FlowAsked[] = []
  const flows: FlowsPort = {
    find: async (name) => [greeting].find((one) => one.id === name || one.name === name),
    async run(_id, given) {
      asked.push(given)
      return [
        { id: 'ChatInput-a', isOutput: false, outputs: new Map([['message', message('in')]]) },
        { id: 'ChatOutput-b', isOutput: true, outputs: new Map([['message', message(answer())]]) },
      ]
    },
  }
  return { flows, asked }
}

test('runs the flow once for all its outputs, with the fields of its node', async () => {
  const { flows, asked } = flowsThat(() => 'hello')
  const dynamic = { 'ChatInput-a~input_value': message('Ada'), unrelated: 'x' }
  const run = await runComponent(runFlow, { flow_name_selected: 'Say hello!' }, { flows, dynamic, sessionId: 's-1' })
  expect(run).toMatchObject({
    flow_outputs_message: { text: 'hello' },
    flow_outputs_data: { data: { text: 'hello' } },
    flow_outputs_dataframe: { rows: [{ text: 'hello' }] },
  })
  expect(asked).toEqual([{ sessionId: 's-1', fields: { 'ChatInput-a': { input_value: 'Ada' } }, nodes: [] }])
})

test('finds the flow by its id first, and its own session goes before that of the run', async () => {
  const { flows, asked } = flowsThat(() => 'hello')
  const chosen = { flow_id_selected: 'f-1', flow_name_selected: 'renamed since', session_id: 'own' }
  await runComponent(runFlow, chosen, { flows, sessionId: 's-1' })
  expect(asked).toMatchObject([{ sessionId: 'own' }])
})

test('says that a flow is missing, and which one failed and why', async () => {
  const missing = runComponent(
    runFlow,
    { flow_name_selected: 'Gone' },
    flowsThat(() => ''),
  )
  await expect(missing).rejects.toThrow('Flow not found')
  const { flows } = flowsThat(() => {
    throw new AppError('model_rate_limited', ['Too many requests.'])
  })
  const failing = runComponent(runFlow, { flow_id_selected: 'f-1' }, { flows })
  await expect(failing).rejects.toMatchObject({
    code: 'model_rate_limited',
    message: 'Error running flow: Say hello!\n\nToo many requests.',
  })
})

test('an output named after a node of the flow gives what that node gave', async () => {
  const { flows } = flowsThat(() => 'hello')
  const named = runFlow.outputNamed?.('ChatOutput-b~message')
  if (!named) throw new Error('There is no such output')
  const component = { ...runFlow, outputs: { named } }
  await expect(runComponent(component, { flow_id_selected: 'f-1' }, { flows })).resolves.toMatchObject({
    named: { text: 'hello' },
  })
  expect(runFlow.outputNamed?.('other')).toBeUndefined()
})

test('is one tool whose arguments are the fields that are not advanced', async () => {
  const { flows, asked } = flowsThat(() => 'hello')
  const tools = runFlow.tools
  if (!tools) throw new Error('It makes no tools')
  const asTool = {
    ...runFlow,
    outputs: { tools: { type: 'Any', label: 'Tools', method: 'to_toolkit', run: tools } },
  } as const
  const made = (await runComponent(asTool, { flow_id_selected: 'f-1' }, { flows })).tools
  const [tool] = Array.isArray(made) ? made : []
  if (!isTool(tool)) throw new Error('That is no tool')
  expect(tool).toMatchObject({
    name: 'Say-hello-_tool',
    description: "Tool designed to execute the flow 'Say hello!'. Flow details: Greets.",
    inputSchema: {
      properties: { flow_tweak_data: { properties: { 'ChatInput-a~input_value': { type: 'string' } } } },
      required: ['flow_tweak_data'],
    },
  })
  const given = { 'ChatInput-a~input_value': 'Bob', 'ChatInput-a~sender': 'Eve' }
  const answer = await tool.call({ flow_tweak_data: given }, new AbortController().signal)
  expect(answer).toMatchObject({ text: 'hello' })
  expect(asked).toMatchObject([{ fields: { 'ChatInput-a': { input_value: 'Bob' } } }])
  expect(asked[0]?.fields).not.toHaveProperty('ChatInput-a.sender')
})
