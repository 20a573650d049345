import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { alterMetadata } from './alter-metadata.ts'

test('adds and removes keys of each object, a typed text first', async () => {
  const inputs = {
    input_value: [data({ text: 'b', secret: 1 }), 'c'],
    text_in: 'a',
    metadata: { by: 'me' },
    remove_fields: ['secret'],
  }
  const rows = [
    { text: 'a', by: 'me' },
    { text: 'b', by: 'me' },
    { text: 'c', by: 'me' },
  ]
  const run = await runComponent(alterMetadata, inputs)
  expect(run.data).toEqual(rows.map((row) => data(row)))
  expect(run.dataframe).toMatchObject({ rows })
})
