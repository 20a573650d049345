import { ollamaModel } from '@runnel/components/ollama/ollama-model'
import { updateNode } from '@runnel/protocol/editing'
import { isObject } from '@runnel/protocol/json'
import { createVariable } from '@runnel/protocol/variables'
import { describeComponent } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'

test('a node of Ollama offers the models its server has, and can be shown while the server is away', async () => {
  const app = await testApp({ user: 'ada', components: [ollamaModel] })
  await using server = await providerServer(reply({ models: [{ name: 'llama3:8b' }] }))
  await app.client.call(createVariable, { body: { name: 'MY_KEY', value: 'k-1', type: 'Credential' } })
  const described = describeComponent(ollamaModel)
  const update = async (field: string, field_value: string) => {
    const { api_key } = described.template
    const template = {
      ...described.template,
      base_url: { ...Object(described.template.base_url), value: server.url },
      api_key: { ...Object(api_key), value: 'MY_KEY', load_from_db: true },
    }
    const frontend_node = { ...described, type: 'OllamaModel' }
    const node = await app.client.call(updateNode, { body: { code: '', field, field_value, template, frontend_node } })
    return isObject(node.template) ? node.template.model_name : undefined
  }
  expect(await update('model_name', '')).toMatchObject({ options: ['llama3:8b'] })
  expect(server.requests).toMatchObject([{ path: '/api/tags', headers: { authorization: 'Bearer k-1' } }])
  expect(await update('base_url', 'http://127.0.0.1:1')).toMatchObject({
    options: [],
    placeholder: expect.stringContaining('could not be reached'),
  })
  await update('temperature', '0.2')
  expect(server.requests).toHaveLength(1)
  await app.close()
})
