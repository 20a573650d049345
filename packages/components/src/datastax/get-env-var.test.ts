import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { getEnvVar } from './get-env-var.ts'

test('gives the value of a variable', async () => {
  const run = await runComponent(getEnvVar, { env_var_name: 'CITY' }, { variables: { CITY: 'Rome' } })
  expect(run.env_var_value).toMatchObject({ text: 'Rome' })
})

test('fails when there is none of that name', async () => {
  const run = runComponent(getEnvVar, { env_var_name: 'CITY' })
  await expect(run).rejects.toThrow('Environment variable CITY not set')
})
