import { createVariable, deleteVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { afterEach, expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { createVariableService } from './variable-service.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = { user: 'ada' }) => {
  const made = await testApp(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

test('a credential is never shown and is encrypted where it is stored; a generic value is shown', async () => {
  const { client, storage, user } = await start()
  const secret = await client.call(createVariable, {
    body: { name: 'OPENAI_API_KEY', value: 'sk-123', default_fields: ['OpenAI API Key'] },
  })
  expect(secret).toMatchObject({ type: 'Credential', value: null, default_fields: ['OpenAI API Key'] })
  await client.call(createVariable, { body: { name: 'CITY', value: 'Paris', type: 'Generic' } })
  await expect(client.call(listVariables, {})).resolves.toMatchObject([
    { value: null },
    { name: 'CITY', value: 'Paris' },
  ])
  expect(JSON.stringify(await storage.variables.list(user.id))).not.toContain('sk-123')
})

test.each([
  [{ name: '', value: '' }, 'Variable name and value cannot be empty'],
  [{ name: '', value: 'x' }, 'Variable name cannot be empty'],
  [{ name: 'X', value: '' }, 'Variable value cannot be empty'],
  [{ name: 'TAKEN', value: 'x' }, 'Variable name already exists'],
])('refuses %j', async (body, detail) => {
  const { client } = await start()
  await client.call(createVariable, { body: { name: 'TAKEN', value: 'x' } })
  await expect(client.call(createVariable, { body })).rejects.toMatchObject({ status: 400, detail })
})

test('a change keeps what it leaves out', async () => {
  const { client } = await start()
  const { id } = await client.call(createVariable, { body: { name: 'CITY', value: 'Paris', type: 'Generic' } })
  const params = { variable_id: id }
  await expect(client.call(updateVariable, { params, body: { name: 'TOWN' } })).resolves.toMatchObject({
    name: 'TOWN',
    value: 'Paris',
  })
  await expect(client.call(deleteVariable, { params })).resolves.toBeUndefined()
  await expect(client.call(deleteVariable, { params })).rejects.toMatchObject({ status: 404 })
  await expect(client.call(updateVariable, { params, body: {} })).rejects.toMatchObject({
    status: 404,
    detail: 'Variable not found',
  })
})

test('a credential cannot be revealed by calling it generic', async () => {
  const { client } = await start()
  const { id } = await client.call(createVariable, { body: { name: 'KEY', value: 'sk-123' } })
  const params = { variable_id: id }
  await expect(client.call(updateVariable, { params, body: { type: 'Generic' } })).rejects.toMatchObject({
    status: 400,
  })
})

test('well-known environment variables become credentials of a superuser', async () => {
  const { client, storage, user, clock } = await start()
  await client.call(createVariable, { body: { name: 'KEPT', value: 'stored' } })
  const variables = createVariableService({
    storage,
    secrets: createSecrets('a secret for tests, 32 bytes long'),
    now: clock.now,
    config: {
      environment: (name) => ({ KEPT: 'from outside', OTHER: 'other' })[name],
      storeEnvironmentVariables: true,
      variablesFromEnvironment: ['KEPT', 'OTHER', 'MISSING'],
    },
  })
  await variables.keepFromEnvironment(user)
  expect(await variables.storedValue(user.id, 'OTHER')).toBeUndefined()
  await variables.keepFromEnvironment({ ...user, isSuperuser: true })
  expect(await variables.storedValue(user.id, 'OTHER')).toEqual({ value: 'other', type: 'Credential' })
  expect(await variables.storedValue(user.id, 'KEPT')).toMatchObject({ value: 'stored' })
  expect(await variables.storedValue(user.id, 'MISSING')).toBeUndefined()
})
