import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { createList } from './create-list.ts'

test('gives an entry and a row for each text', async () => {
  const { list, dataframe } = await runComponent(createList, { texts: ['one', 'two'] })
  expect(list).toMatchObject([{ data: { text: 'one' } }, { data: { text: 'two' } }])
  expect(dataframe).toMatchObject({ columns: ['text'], rows: [{ text: 'one' }, { text: 'two' }] })
})

test('is empty without texts', async () => {
  const { list, dataframe } = await runComponent(createList, { texts: [] })
  expect([list, dataframe]).toMatchObject([[], { columns: ['text'], rows: [] }])
})
