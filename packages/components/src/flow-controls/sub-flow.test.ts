import { type FlowAsked, type FlowsPort, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { subFlow } from './sub-flow.ts'

test('gives what all outputs of the flow gave, run with the fields of its node', async () => {
  const asked: FlowAsked[] = []
  const flows: FlowsPort = {
    find: async (name) => ({ id: 'f-1', name, description: '', inputs: [] }),
    async run(_id, given) {
      asked.push(given)
      return [
        { id: 'ChatInput-a', isOutput: false, outputs: new Map([['message', message('in')]]) },
        { id: 'ChatOutput-b', isOutput: true, outputs: new Map([['message', message('one')]]) },
        { id: 'TextOutput-c', isOutput: true, outputs: new Map([['text', message('two')]]) },
      ]
    },
  }
  const dynamic = { 'ChatInput-a|input_value': 'hi' }
  const { flow_outputs } = await runComponent(subFlow, { flow_name: 'Other' }, { flows, dynamic })
  expect(flow_outputs).toMatchObject([{ data: { text: 'one' } }, { data: { text: 'two' } }])
  expect(asked).toMatchObject([{ fields: { 'ChatInput-a': { input_value: 'hi' } } }])
})

test('says that a flow is missing', async () => {
  await expect(runComponent(subFlow, { flow_name: 'Gone' })).rejects.toThrow('Flow not found')
})
