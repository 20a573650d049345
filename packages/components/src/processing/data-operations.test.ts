import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dataOperations } from './data-operations.ts'

// What the operations do is tested with the component that has all of them.
test('takes the operation by its name', async () => {
  const run = await runComponent(
    dataOperations,
    { data: [data({ a: 1 })], operations: 'Remove Keys', remove_keys_input: ['a'] },
    { outputs: ['data_output'] },
  )
  expect(run.data_output).toMatchObject({ data: {} })
})
