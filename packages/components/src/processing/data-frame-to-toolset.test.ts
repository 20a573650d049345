import { dataFrame, type Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dataFrameToToolset } from './data-frame-to-toolset.ts'

const rows = dataFrame([
  { city: 'Bonn am Rhein', weather: 'rain' },
  { city: '7 Oaks', weather: 21.5 },
])
const columns = { tool_name_column: 'city', tool_output_column: 'weather' }

test('makes a tool of each row, with a name models accept', async () => {
  const { tools, message } = await runComponent(dataFrameToToolset, { dataframe: rows, ...columns })
  const made = tools as readonly Tool[] // the declared type of the output
  const { signal } = new AbortController()
  expect(await Promise.all(made.map(async ({ name, call }) => [name, await call({}, signal)]))).toEqual([
    ['Bonn_am_Rhein', 'rain'],
    ['tool_7_Oaks', '21.5'],
  ])
  expect(message).toMatchObject({ text: 'Tools:\n- Bonn_am_Rhein\n- tool_7_Oaks' })
})

test('makes no tools of an empty table', async () => {
  const { tools } = await runComponent(dataFrameToToolset, { dataframe: dataFrame([]), ...columns })
  expect(tools).toEqual([])
})

test('names a column that is not there', async () => {
  const run = runComponent(dataFrameToToolset, { dataframe: rows, ...columns, tool_output_column: 'wind' })
  await expect(run).rejects.toThrow("Column 'wind' not found in DataFrame. Available columns: city, weather")
})
