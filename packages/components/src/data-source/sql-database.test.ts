import { AppError } from '@runnel/protocol/errors'
import type { DatabaseRows } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { sqlDatabase } from './sql-database.ts'

const inputs = { database_url: 'sqlite:///shop.db', query: 'select * from plan' }

function databasesThat(answer: DatabaseRows | Error) {
  const asked: unknown[] = []
  return {
    asked,
    databases: {
      async query(...[address, statement]: readonly unknown[]) {
        asked.push([address, statement])
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  }
}
const plans = { columns: ['name', 'price'], rows: [{ name: 'Free', price: 0 }], isCut: false }

test('gives the rows of the statement', async () => {
  const { asked, databases } = databasesThat(plans)
  const run = await runComponent(sqlDatabase, inputs, { databases })
  expect(run.run_sql_query).toMatchObject({ columns: ['name', 'price'], rows: [{ name: 'Free', price: 0 }] })
  expect(run.dataframe).toEqual(run.run_sql_query)
  expect(run.data).toMatchObject([{ data: { name: 'Free', price: 0 } }])
  expect(run.text).toMatchObject({ text: '[{"name":"Free","price":0}]' })
  expect(asked).toEqual([['sqlite:///shop.db', 'select * from plan']])
})

test('numbers the columns where their names are not wanted, and says that rows are missing', async () => {
  const { databases } = databasesThat({ ...plans, isCut: true })
  const run = await runComponent(sqlDatabase, { ...inputs, include_columns: false }, { databases })
  expect(run.run_sql_query).toMatchObject({ columns: ['0', '1'], rows: [{ 0: 'Free', 1: 0 }] })
  expect(run.$logs).toEqual([{ name: 'SQL Database', entry: 'Only the first 1 rows are given.' }])
})

test.each([
  [
    new AppError('bad_request', ['no such table: plan']),
    'An error occurred while running the SQL Query: no such table: plan',
  ],
  [new AppError('invalid_field', ['no such host']), 'An error occurred while connecting to the database: no such host'],
])('%s fails the node, or is a row', async (error, why) => {
  const { databases } = databasesThat(error)
  await expect(runComponent(sqlDatabase, inputs, { databases })).rejects.toMatchObject({ message: why })
  const { run_sql_query } = await runComponent(sqlDatabase, { ...inputs, add_error: true }, { databases })
  expect(run_sql_query).toMatchObject({ rows: [{ error: why }] })
})

test('wants an address', async () => {
  const asked = runComponent(sqlDatabase, { query: 'select 1' }, { databases: databasesThat(plans).databases })
  await expect(asked).rejects.toThrow('An error occurred while connecting to the database: the Database URL is empty')
})
