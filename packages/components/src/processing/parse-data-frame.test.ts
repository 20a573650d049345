import { dataFrame } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { parseDataFrame } from './parse-data-frame.ts'

const df = dataFrame([{ name: 'Ann', age: 41 }, { name: 'Bob' }])

test('writes a line for each row', async () => {
  const { text } = await runComponent(parseDataFrame, { df, template: '{name} is {age}' })
  expect(text).toMatchObject({ text: 'Ann is 41\nBob is None' })
})

test('refuses a column the table lacks', async () => {
  await expect(runComponent(parseDataFrame, { df, template: '{city}' })).rejects.toThrow("'city' is not in the data")
})
