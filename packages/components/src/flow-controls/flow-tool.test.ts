import { type FlowAsked, type FlowsPort, isTool, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { flowTool } from './flow-tool.ts'

test('is a tool with a text for each input of the flow', async () => {
  const asked: FlowAsked[] = []
  const input = (id: string) => ({ id, displayName: 'Chat Input', fields: [] })
  const flows: FlowsPort = {
    find: async (name) => ({ id: 'f-1', name, description: 'Greets.', inputs: [input('ChatInput-a'), input('In-b')] }),
    async run(_id, given) {
      asked.push(given)
      return [{ id: 'ChatOutput-b', isOutput: true, outputs: new Map([['message', message('hello')]]) }]
    },
  }
  const { api_build_tool: tool } = await runComponent(flowTool, { flow_name: 'Say hello' }, { flows })
  if (!isTool(tool)) throw new Error('That is no tool')
  expect(tool).toMatchObject({ name: 'Say-hello', description: 'Greets.' })
  expect(tool.inputSchema.required).toEqual(['chat_input', 'chat_input_2'])
  await expect(tool.call({ chat_input: 'Ada', chat_input_2: 7 }, new AbortController().signal)).resolves.toMatchObject({
    text: 'hello',
  })
  expect(asked).toMatchObject([{ fields: { 'ChatInput-a': { input_value: 'Ada' }, 'In-b': { input_value: '7' } } }])
})

test('needs a flow there is', async () => {
  await expect(runComponent(flowTool, {})).rejects.toThrow('Flow name is required')
  await expect(runComponent(flowTool, { flow_name: 'Gone' })).rejects.toThrow('Flow not found.')
})
