import { AppError } from '@runnel/protocol/errors'
import type { ModelPart } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { structuredOutput } from './structured-output.ts'

const output_schema = [
  { name: 'name', description: 'Full name', type: 'str', multiple: 'False' },
  { name: 'age', description: '', type: 'int', multiple: 'False' },
]
const calls = (input: unknown): readonly ModelPart[] => [
  { type: 'tool-call', call: { id: 'c-1', name: 'OutputModel', input } },
  { type: 'finish', reason: 'tool_calls', usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } },
]
const base = { input_value: 'Ada, 36', system_prompt: 'Extract.', output_schema }
const both = { outputs: ['structured_output', 'dataframe_output'] }
const run = (inputs: object, options: object = both) => runComponent(structuredOutput, { ...base, ...inputs }, options)

test('has the model call a function with the records, once for both outputs', async () => {
  const model = fakeModel(calls({ objects: [{ name: 'Ada', age: '36', more: 1 }] }))
  const result = await run({ model })
  expect(result.structured_output).toMatchObject({ kind: 'data', data: { name: 'Ada', age: 36 } })
  expect(result.dataframe_output).toMatchObject({ rows: [{ name: 'Ada', age: 36 }] })
  expect(result.$usage).toEqual({ input_tokens: 1, output_tokens: 2 })
  expect(model.requests).toMatchObject([
    {
      messages: [
        { role: 'system', content: 'Extract.' },
        { role: 'user', content: [{ type: 'text', text: 'Ada, 36' }] },
      ],
      toolChoice: { name: 'OutputModel' },
      tools: [{ name: 'OutputModel', inputSchema: { required: ['objects'] } }],
    },
  ])
})

test('gives several records as results and as rows', async () => {
  const people = [
    { name: 'Ada', age: 36 },
    { name: 'Bob', age: 7 },
  ]
  const result = await run({ model: fakeModel(calls({ objects: people })) })
  expect(result.structured_output).toMatchObject({ data: { results: people } })
  expect(result.dataframe_output).toMatchObject({ rows: people })
})

test('names the function after the schema, in letters that are allowed', async () => {
  const model = fakeModel(calls({ objects: [{ name: 'Ada', age: 1 }] }))
  await run({ model, schema_name: 'My people!' })
  expect(model.requests[0]?.toolChoice).toEqual({ name: 'My_people_' })
})

test('takes the model of an edge in older files', async () => {
  const llm = fakeModel(calls({ objects: [{ name: 'Ada', age: 36 }] }))
  const result = await run({ model: '' }, { ...both, dynamic: { llm } })
  expect(result.structured_output).toMatchObject({ data: { name: 'Ada', age: 36 } })
})

test('tells the model what is wrong with its records and asks again', async () => {
  const model = fakeModel(calls({ objects: [{ name: 'Ada' }] }), calls({ objects: [{ name: 'Ada', age: 36 }] }))
  expect((await run({ model })).structured_output).toMatchObject({ data: { name: 'Ada', age: 36 } })
  expect(model.requests[1]?.messages.slice(2)).toMatchObject([
    { role: 'assistant', toolCalls: [{ id: 'c-1' }] },
    { role: 'tool', callId: 'c-1', output: expect.stringContaining('age: it is missing') },
  ])
})

test('gives up after three answers without a record that fits', async () => {
  const model = fakeModel(calls({ objects: [] }))
  await expect(run({ model })).rejects.toThrow('No structured output returned')
  expect(model.requests).toHaveLength(3)
  await expect(run({ model: fakeModel('I cannot do that.') })).rejects.toThrow('No structured output returned')
})

test('takes the records from the text of a model that answers instead of calling', async () => {
  const model = fakeModel('Sure: {"objects": [{"name": "Ada", "age": 36}]}')
  expect((await run({ model })).structured_output).toMatchObject({ data: { name: 'Ada', age: 36 } })
})

test('asks for JSON where the provider refuses the call', async () => {
  const refusal = new AppError('model_error', ['tools are not supported'])
  const model = fakeModel(refusal, '{"objects": [{"name": "Ada", "age": 36}]}')
  expect((await run({ model })).structured_output).toMatchObject({ data: { name: 'Ada', age: 36 } })
  expect(model.requests[1]).toMatchObject({ json: { name: 'OutputModel', schema: { type: 'object' } } })
  await expect(run({ model: fakeModel(refusal) })).rejects.toThrow(
    /neither call a function \(tools are not supported\)/,
  )
  const limited = fakeModel(new AppError('model_rate_limited', ['slow down']))
  await expect(run({ model: limited })).rejects.toMatchObject({ code: 'model_rate_limited' })
})

test('needs a schema', async () => {
  await expect(run({ model: fakeModel(), output_schema: [] })).rejects.toThrow('Output schema cannot be empty')
})
