import { data, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { createData } from './create-data.ts'

test('makes one object of its fields', async () => {
  const dynamic = { field_1_key: { name: 'Ann' }, field_2_key: { note: data({ text: 'hi' }) }, other: { x: 1 } }
  const run = await runComponent(createData, { number_of_fields: 2, text_key: 'note' }, { dynamic })
  expect(run.data).toMatchObject({ data: { name: 'Ann', note: 'hi' }, text_key: 'note' })
})

test('has as many fields as it is told', () => {
  expect(Object.keys(createData.dynamicInputs?.({ number_of_fields: 2 }) ?? {})).toEqual(['field_1_key', 'field_2_key'])
  expect(Object.keys(createData.dynamicInputs?.({ number_of_fields: 99 }) ?? {})).toHaveLength(15)
})

test('checks its text key when told to, and how many fields there are', async () => {
  const dynamic = { field_1_key: { name: message('x') } }
  const inputs = { text_key: 'text', text_key_validator: true }
  await expect(runComponent(createData, inputs, { dynamic })).rejects.toThrow(
    "Text Key: 'text' not found in the Data keys: 'name'",
  )
  await expect(runComponent(createData, { number_of_fields: 16 })).rejects.toThrow('cannot exceed 15')
})
