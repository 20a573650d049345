import { expect, test } from 'vitest'
import { openStorage } from '../open-storage.ts'
import { translatePostgres } from './postgres-faults.ts'

const said = (message: string, fields: object) => translatePostgres(Object.assign(new Error(message), fields))

test.each([
  ['the server goes away', 'terminating connection', { code: '57P01' }],
  ['it is not there', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }],
  ['a connection breaks', 'Connection terminated unexpectedly', {}],
  ['two writers wait for each other', 'deadlock detected', { code: '40P01' }],
  ['its disk is full', 'could not extend file', { code: '53100' }],
  ['it is a read-only replica', 'cannot execute INSERT', { code: '25006' }],
])('when %s, that is a 503 to be tried again', (_when, message, fields) => {
  expect(said(message, fields)).toMatchObject({ code: 'overloaded', status: 503, retryAfterSeconds: 5 })
})

test('a violated index keeps its name, and a defect of ours stays what it is', () => {
  expect(said('duplicate key', { code: '23505', constraint: 'flow_name' })).toMatchObject({ index: 'flow_name' })
  const defect = Object.assign(new Error('syntax error'), { code: '42601' })
  expect(translatePostgres(defect)).toBe(defect)
})

test('an address that does not answer is named without its password', async () => {
  const opening = openStorage({ databaseUrl: 'postgresql+psycopg://ada:secret@127.0.0.1:1/runnel' })
  await expect(opening).rejects.toMatchObject({
    name: 'CannotOpenStorage',
    message: /ada:\*\*\*@127\.0\.0\.1:1\/runnel/,
  })
  await expect(opening).rejects.not.toThrow('secret')
})
