import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { connectedDatabase } from '../shared/sql-schema.ts'
import { sqlDatabaseConnection } from './sql-database.ts'

test('brings the address to the nodes that ask the database', async () => {
  const { SQLDatabase } = await runComponent(sqlDatabaseConnection, { uri: ' sqlite:///shop.db ' })
  expect(connectedDatabase(SQLDatabase)).toBe('sqlite:///shop.db')
  expect(connectedDatabase([SQLDatabase])).toBe('sqlite:///shop.db')
})

test('an address is needed, and nothing else is a database', async () => {
  await expect(runComponent(sqlDatabaseConnection, { uri: ' ' })).rejects.toThrow('The URI of the database is empty.')
  for (const other of [undefined, [], 'sqlite:///shop.db', { kind: 'data' }]) {
    expect(() => connectedDatabase(other)).toThrow('There is no database')
  }
})
