import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { filterData } from './filter-data.ts'

test('keeps the keys it is given', async () => {
  const inputs = { data: data({ a: 1, b: 2, c: 3 }), filter_criteria: ['a', 'c', 'x'] }
  const { filtered_data } = await runComponent(filterData, inputs)
  expect(filtered_data).toEqual(data({ a: 1, c: 3 }))
})
