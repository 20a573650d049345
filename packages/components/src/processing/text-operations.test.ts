import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { textOperations } from './text-operations.ts'

// What the operations do is tested with the component that has all of them.
test('takes the operation by its name', async () => {
  const run = await runComponent(
    textOperations,
    { text_input: 'ab', operation: 'Case Conversion', case_type: 'uppercase' },
    { outputs: ['message'] },
  )
  expect(run.message).toMatchObject({ text: 'AB' })
})
