import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { extractAKey } from './extract-a-key.ts'

test.each([
  [data({ a: 1, b: 2 }), data({ a: 1 })],
  [
    [data({ a: 1 }), data({ b: 2 }), data({ a: 3 })],
    [data({ a: 1 }), data({ a: 3 })],
  ],
  [data({ b: 2 }), data({ error: "Key 'a' not found in Data object." })],
  [undefined, data({ error: 'Invalid input. Expected Data object or list of Data objects.' })],
])('of %o gives %o', async (data_input, expected) => {
  const { extracted_data } = await runComponent(extractAKey, { data_input, key: 'a' })
  expect(extracted_data).toEqual(expected)
})
