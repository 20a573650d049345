import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { selectData } from './select-data.ts'

const data_list = [data({ a: 0 }), data({ a: 1 })]

test('gives the object at the place', async () => {
  const { selected_data } = await runComponent(selectData, { data_list, data_index: 1 })
  expect(selected_data).toBe(data_list[1])
})

test.each([2, -1])('has nothing at %i', async (data_index) => {
  await expect(runComponent(selectData, { data_list, data_index })).rejects.toThrow(
    `Selected index ${data_index} is out of range.`,
  )
})
