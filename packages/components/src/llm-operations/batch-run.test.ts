import { AppError } from '@runnel/protocol/errors'
import { type DataFrame, dataFrame, type LanguageModel, type ModelRequest } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { batchRun } from './batch-run.ts'

const df = dataFrame([
  { title: 'Rivers', note: 'long "one"' },
  { title: 'Lakes', note: null },
])
const resultOf = async (inputs: object) => (await runComponent(batchRun, { df, ...inputs })).batch_results as DataFrame
const userText = ({ messages }: ModelRequest) => {
  const last = messages.at(-1)
  return last?.role === 'user' ? last.content : undefined
}

test('asks about the text of a column and adds the answers and the number of the row', async () => {
  const model = fakeModel('ok')
  const { rows, columns } = await resultOf({ model, column_name: 'title', system_message: 'Be brief.' })
  expect(rows).toEqual([
    { title: 'Rivers', note: 'long "one"', model_response: 'ok', batch_index: 0 },
    { title: 'Lakes', note: null, model_response: 'ok', batch_index: 1 },
  ])
  expect(columns).toEqual(['title', 'note', 'model_response', 'batch_index'])
  expect(model.requests[0]).toEqual({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Rivers' }] },
    ],
    stream: false,
  })
})

test('asks about whole rows, written as TOML, when no column is named', async () => {
  const model = fakeModel('ok')
  await resultOf({ model })
  expect(model.requests.map(userText)).toEqual([
    [{ type: 'text', text: '[title]\nvalue = "Rivers"\n\n[note]\nvalue = "long \\"one\\""\n' }],
    [{ type: 'text', text: '[title]\nvalue = "Lakes"\n\n[note]\nvalue = "None"\n' }],
  ])
})

test('tells how each row went in a column of its own', async () => {
  const { rows } = await resultOf({
    model: fakeModel('fine'),
    column_name: 'title',
    output_column_name: 'said',
    enable_metadata: true,
  })
  expect(rows[0]).toEqual({
    title: 'Rivers',
    note: 'long "one"',
    said: 'fine',
    batch_index: 0,
    metadata: { has_system_message: false, input_length: 6, response_length: 4, processing_status: 'success' },
  })
})

test('asks nothing about an empty table', async () => {
  const { rows, columns } = await resultOf({ df: dataFrame([], { columns: ['a'] }), model: fakeModel(new Error('no')) })
  expect({ rows, columns }).toEqual({ rows: [], columns: ['a', 'model_response', 'batch_index'] })
})

test('keeps answers with their rows and asks about ten at a time, whatever their order', async () => {
  let open = 0
  let most = 0
  const model: LanguageModel = {
    kind: 'language-model',
    provider: 'Echo',
    model: 'echo',
    async *respond(request) {
      most = Math.max(most, ++open)
      const [said] = userText(request) ?? []
      const text = said?.type === 'text' ? said.text : ''
      // Later rows answer sooner.
      for (let turns = 40 - Number(text); turns > 0; turns--) await Promise.resolve()
      open--
      yield { type: 'text-delta', text: `<${text}>` }
    },
  }
  const numbers = Array.from({ length: 40 }, (_, n) => ({ n }))
  const { rows } = await resultOf({ df: dataFrame(numbers), model, column_name: 'n' })
  expect(rows.map((row) => row.model_response)).toEqual(numbers.map(({ n }) => `<${n}>`))
  expect(most).toBe(10)
})

test('fails when the column is not there or the model fails', async () => {
  await expect(resultOf({ model: fakeModel(), column_name: 'x' })).rejects.toThrow(
    "Column 'x' not found in the DataFrame. Available columns: title, note",
  )
  await expect(resultOf({ model: fakeModel(), df: undefined })).rejects.toThrow('Expected DataFrame input')
  const broken = fakeModel(new AppError('model_error', ['down']))
  await expect(resultOf({ model: broken, column_name: 'title' })).rejects.toMatchObject({ code: 'model_error' })
})
