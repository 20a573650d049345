import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import type { Call } from './call.ts'
import { readFlowInputs, withMarks } from './flow-inputs.ts'
import { flowOpenApi } from './openapi.ts'

const starter = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../../../starters/${name}.json`), 'utf8')).data

const described = (data: unknown, more: Partial<Call> = {}) => {
  const call: Call = {
    origin: 'http://localhost:7860',
    flowId: 'f1',
    target: 'desk',
    inputs: readFlowInputs(data),
    needsKey: true,
    webhookNeedsKey: true,
    key: 'sk-secret',
    ...more,
  }
  return flowOpenApi(call, { name: 'Desk', description: 'Answers.' })
}

test.each(['Basic Prompting', 'Webhook Summary'])('the document of %s is valid, and holds no key', async (name) => {
  const text = described(starter(name))
  expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true })
  expect(text).not.toContain('sk-secret')
})

test('a flow is described with the calls that suit it', () => {
  const chat = JSON.parse(described(starter('Basic Prompting')))
  expect(Object.keys(chat.paths)).toEqual(['/api/v1/run/desk', '/api/v1/responses'])
  const { post } = chat.paths['/api/v1/run/desk']
  expect(post.security).toEqual([{ ApiKey: [] }])
  expect(post.requestBody.content['application/json'].example).toMatchObject({
    input_type: 'chat',
    output_type: 'chat',
  })
  const hook = JSON.parse(described(starter('Webhook Summary'), { webhookNeedsKey: false }))
  expect(hook.paths['/api/v1/webhook/desk'].post.security).toEqual([])
})

test('exposed fields have their types, values and names; a secret is the name of a variable', () => {
  const data = starter('Basic Prompting')
  const model = readFlowInputs(data).nodes.find(({ type }) => type === 'LanguageModelComponent')?.id ?? ''
  const exposed = withMarks(withMarks(data, model, 'temperature', { api_editable: true }), model, 'api_key', {
    api_editable: true,
  })
  const { paths } = JSON.parse(described(exposed))
  const { tweaks } = paths['/api/v1/run/desk'].post.requestBody.content['application/json'].schema.properties
  expect(Object.keys(tweaks.properties)).toEqual([model])
  expect(tweaks.properties[model].properties).toMatchObject({
    temperature: { type: 'number', title: expect.any(String), default: expect.any(Number) },
    api_key: { type: 'string', description: 'The name of a global variable' },
  })
  expect(tweaks.properties[model].properties.api_key).not.toHaveProperty('default')
})
