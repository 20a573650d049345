import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dataToDataFrame } from './data-to-data-frame.ts'

test('gives a row for each object, with its text', async () => {
  const data_list = [data({ text: 'a', n: 1 }), data({ title: 'T' }, { text_key: 'title' }), data({ n: 2 })]
  const { dataframe } = await runComponent(dataToDataFrame, { data_list })
  expect(dataframe).toMatchObject({ rows: [{ text: 'a', n: 1 }, { title: 'T', text: 'T' }, { n: 2 }] })
})
