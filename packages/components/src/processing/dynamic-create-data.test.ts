import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dynamicCreateData } from './dynamic-create-data.ts'

const form_fields = [
  { field_name: 'title', field_type: 'Text' },
  { field_name: 'count', field_type: 'Number' },
  { field_name: '', field_type: 'Text' },
]

test('has a field for each row of its table', () => {
  const fields = dynamicCreateData.dynamicInputs?.({ form_fields }) ?? {}
  expect(Object.entries(fields).map(([name, { type }]) => [name, type])).toEqual([
    ['dynamic_title', 'str'],
    ['dynamic_count', 'float'],
  ])
})

test('makes an object and a text of what the fields hold', async () => {
  const dynamic = { dynamic_title: message('T'), dynamic_count: 2 }
  const run = await runComponent(dynamicCreateData, { form_fields, include_metadata: true }, { dynamic })
  expect(run.form_data).toMatchObject({ data: { title: 'T', count: 2, form_metadata: { total_fields: 2 } } })
  expect(run.message).toMatchObject({ text: 'title: T\ncount: 2' })
})
