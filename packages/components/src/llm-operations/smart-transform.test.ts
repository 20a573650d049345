import { data, dataFrame, message, type SandboxPort } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { smartTransform } from './smart-transform.ts'

/** Runs what is given as the sandbox does, without its walls. */
const sandbox: SandboxPort = {
  async run({ source, output = '', inputs }) {
    const { default: program } = await import(`data:text/javascript,${encodeURIComponent(source)}`)
    return { value: await program.outputs[output].run({ inputs }), logs: [] }
  },
}

async function transformed(answer: string, given: readonly unknown[], inputs: object = {}) {
  const llm = fakeModel(answer)
  const run = await runComponent(
    smartTransform,
    { data: given, filter_instruction: 'Keep the big ones', ...inputs },
    { sandbox, dynamic: { llm } },
  )
  const asked = llm.requests.map(({ messages }) => JSON.stringify(messages))
  return { run, asked }
}
const rows = dataFrame([{ size: 1 }, { size: 9 }])

test('runs the function a model writes on the data, once for all outputs', async () => {
  const { run, asked } = await transformed('```js\n(rows) => rows.filter((row) => row.size > 5)\n```', [rows])
  expect(run.data_output).toEqual(data({ _results: [{ size: 9 }] }))
  expect(run.dataframe_output).toMatchObject({ rows: [{ size: 9 }] })
  expect(run.message_output).toMatchObject({ text: JSON.stringify([{ size: 9 }], null, 2) })
  expect(run.filtered_data).toEqual([data({ size: 9 })])
  expect(run.dataframe).toEqual(run.dataframe_output)
  expect(asked).toEqual([expect.stringContaining('Keep the big ones')])
})

test.each([
  ['(text) => text.length', [message('four')], { text: '4' }],
  ['(entry) => ({ ...entry, more: true })', [data({ a: 1 })], { a: 1, more: true }],
  ['(all) => ({ count: all.length })', [data({ a: 1 }), data({ a: 2 })], { count: 2 }],
])('gives %s as data', async (answer, given, expected) => {
  expect((await transformed(answer, given)).run.data_output).toEqual(data(expected))
})

test('shows the model both ends of data that are long', async () => {
  const { asked } = await transformed('(t) => t', [message(`begin${'x'.repeat(100)}end`)], {
    max_size: 50,
    sample_size: 5,
  })
  expect(asked[0]).toContain('begin\\n… and at its end:\\nxxend')
})

test('needs data and a function', async () => {
  await expect(transformed('(t) => t', [])).rejects.toThrow('There is nothing to transform.')
  await expect(transformed('Sorry.', [rows])).rejects.toThrow('Could not find a function in the response: Sorry.')
})
