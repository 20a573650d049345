import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { mockDataGenerator } from './mock-data-generator.ts'

test('gives a value of each type, the same each time', async () => {
  const [once, twice] = [await runComponent(mockDataGenerator), await runComponent(mockDataGenerator)]
  expect(once).toMatchObject({
    dataframe_output: { kind: 'dataframe', rows: { length: 50 } },
    message_output: { kind: 'message' },
    data_output: { kind: 'data', data: { paid: true } },
  })
  expect(twice.dataframe_output).toEqual(once.dataframe_output)
})
