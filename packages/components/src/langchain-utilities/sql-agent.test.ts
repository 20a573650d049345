import { AppError } from '@runnel/protocol/errors'
import type { DatabasesPort, ModelPart } from '@runnel/sdk'
import { message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { sqlAgent } from './sql-agent.ts'

function databaseOf() {
  const asked: string[] = []
  const databases: DatabasesPort = {
    async query(_url, statement) {
      asked.push(statement)
      if (/information_schema.tables/.test(statement))
        return { columns: ['name'], rows: [{ name: 'plan' }], isCut: false }
      if (/information_schema.columns/.test(statement)) {
        return { columns: ['name', 'type'], rows: [{ name: 'price', type: 'numeric' }], isCut: false }
      }
      if (/wrong/.test(statement)) throw new AppError('bad_request', ['column "wrong" does not exist'])
      return { columns: ['price'], rows: [{ price: 9.5 }], isCut: false }
    },
  }
  return { asked, databases }
}
const call = (name: string, input: unknown): readonly ModelPart[] => [
  { type: 'tool-call', call: { id: name, name, input } },
  { type: 'finish', reason: 'tool_calls', usage: null },
]

test('finds its way from the tables to the answer, and hears what is wrong with a query', async () => {
  const { asked, databases } = databaseOf()
  const model = fakeModel(
    call('sql_db_list_tables', {}),
    call('sql_db_schema', { table_names: 'plan' }),
    call('sql_db_schema', { table_names: "x'; drop table plan" }),
    call('sql_db_query', { query: 'select wrong from plan' }),
    call('sql_db_query', { query: 'select price from plan' }),
    'It is 9.5.',
  )
  const inputs = { model, input_value: message('How dear?'), database_uri: 'postgresql://u:p@h/d', extra_tools: [] }
  const { response } = await runComponent(sqlAgent, inputs, { databases })
  expect(response).toMatchObject({ text: 'It is 9.5.' })
  const told = model.requests.at(-1)?.messages.flatMap((turn) => (turn.role === 'tool' ? [turn.output] : []))
  expect(told).toEqual([
    'plan',
    expect.stringContaining('CREATE TABLE "plan" (\n  "price" numeric\n)'),
    'there is no table "x\'; drop table plan"',
    'column "wrong" does not exist',
    '[{"price": 9.5}]',
  ])
  expect(asked.some((statement) => /drop/.test(statement))).toBe(false)
})

test('wants an address', async () => {
  const asked = runComponent(sqlAgent, { model: fakeModel(''), extra_tools: [], database_uri: '' })
  await expect(asked).rejects.toThrow('The Database URI is empty.')
})
