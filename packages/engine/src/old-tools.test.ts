import { type Component, data, defineComponent, field, type Tool } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { expect, test } from 'vitest'
import { testGraph, testRun, toy } from './test-run.ts'

const sum = defineComponent({
  type: 'Sum',
  aliases: ['SumTool', 'SumAPI'],
  oldToolNames: { SumTool: 'sum' },
  displayName: 'Sum',
  description: 'Adds.',
  icon: '',
  category: '',
  inputs: { terms: field.text({ label: 'Terms', tool: true }), api_key: field.secret({ label: 'Key' }) },
  outputs: {
    result: {
      type: 'Data',
      label: 'Result',
      method: 'add_up',
      run: ({ inputs }) =>
        data({
          sum: String(inputs.terms)
            .split('+')
            .reduce((a, b) => a + Number(b), 0),
        }),
    },
  },
})
const agent = toy('Agent', async (_text, { signal }, { tools }) => {
  // The edge brings what `toolsOf` gives.
  const given = [tools].flat() as readonly Tool[]
  return Promise.all(
    given.map(async ({ name, inputSchema, call }) => ({
      name,
      schema: Object.keys(Object(inputSchema.properties)),
      gave: await call({ terms: '1+2' }, signal),
    })),
  )
})

/** A flow of the old node, its output on the agent, as files of 1.0 have it. */
async function used(type: string, output: string, component: Component = sum) {
  const built = flow({ a: component, b: agent }, [`a.${output} -> b.tools`])
  const text = JSON.stringify(built).replaceAll('"type":"Sum"', `"type":"${type}"`)
  const { value, results } = await testRun(testGraph([component, agent], JSON.parse(text)))
  return { agent: value('Agent-b'), output: results.get('Sum-a')?.outputs.get(output) }
}

test('a tool of an old file is offered under the name it had', async () => {
  expect((await used('SumTool', 'api_build_tool')).agent).toEqual([
    { name: 'sum', schema: ['terms'], gave: data({ sum: 3 }) },
  ])
})

test('a tool of an old file without a name of its own has that of the method', async () => {
  const { agent } = await used('SumAPI', 'result_tool')
  expect(agent).toMatchObject([{ name: 'add_up' }])
})

test('what an old tool gave besides is the first output', async () => {
  const { output } = await used('SumTool', 'api_run_model')
  expect(output).toEqual(data({ sum: 0 }))
})
