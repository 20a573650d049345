import { dataFrame } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dataFrameOperations } from './data-frame-operations.ts'

// What the operations do is tested with the component that has all of them.
test('takes the operation by its name', async () => {
  const run = await runComponent(
    dataFrameOperations,
    { df: [dataFrame([{ a: 1 }])], operation: 'Head', num_rows: 0 },
    { outputs: ['output'] },
  )
  expect(run.output).toMatchObject({ columns: ['a'], rows: [] })
})
