import { type ModelPart, message } from '@runnel/sdk'
import { httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { openApiAgent } from './openapi-agent.ts'

const YAML = `
openapi: 3.1.0
info: { title: Rivers }
servers: [{ url: https://rivers.test/v1/ }]
paths:
  /rivers/{name}:
    parameters: [{ $ref: '#/components/parameters/name' }]
    get:
      summary: Tells of a river
    delete:
      summary: Takes a river away
  /rivers:
    post:
      summary: Adds a river
components:
  parameters:
    name: { name: name, in: path, schema: { type: string } }
`
const fileOf = (text: string) => ({
  files: { 'user-1/api.yaml': { name: 'api.yaml', mediaType: 'text/yaml', bytes: new TextEncoder().encode(text) } },
})

/** What the model is told after one call of a tool. */
async function told(name: string, input: object, inputs: object = {}, seen: (ServiceRequest & { url: string })[] = []) {
  const call: readonly ModelPart[] = [
    { type: 'tool-call', call: { id: 'c-1', name, input } },
    { type: 'finish', reason: 'tool_calls', usage: null },
  ]
  const model = fakeModel(call, 'Done.')
  const http = httpOf(() => ({ body: { km: 6650 } }), seen)
  const given = { model, path: ['user-1/api.yaml'], input_value: message('How long is the Nile?'), ...inputs }
  const { response } = await runComponent(openApiAgent, given, { ...fileOf(YAML), http })
  expect(response).toMatchObject({ text: 'Done.' })
  const last = model.requests[1]?.messages.at(-1)
  return last?.role === 'tool' ? last.output : ''
}

test('finds and describes operations', async () => {
  expect(await told('list_operations', {})).toBe(
    'GET /rivers/{name} - Tells of a river\nDELETE /rivers/{name} - Takes a river away\nPOST /rivers - Adds a river',
  )
  expect(await told('list_operations', { word: 'adds' })).toBe('POST /rivers - Adds a river')
  expect(await told('describe_operation', { method: 'get', path: '/rivers/{name}' })).toBe(
    '{"summary":"Tells of a river","parameters":[{"name":"name","in":"path","schema":{"type":"string"}}]}',
  )
})

test('calls an operation at the server of the document', async () => {
  const seen: (ServiceRequest & { url: string })[] = []
  const input = { method: 'GET', path: '/rivers/{name}', parameters: { name: 'the Nile', unit: 'km' } }
  expect(await told('call_operation', input, {}, seen)).toBe('200\n{"km":6650}')
  expect(seen).toMatchObject([{ url: 'https://rivers.test/v1/rivers/the%20Nile?unit=km', method: 'GET' }])
})

test('changes things only when it may', async () => {
  const add = { method: 'POST', path: '/rivers', body: { name: 'Po' } }
  expect(await told('call_operation', add)).toContain('POST is not allowed here')
  const seen: (ServiceRequest & { url: string })[] = []
  await told('call_operation', add, { allow_dangerous_requests: true }, seen)
  expect(seen).toMatchObject([{ method: 'POST', body: { name: 'Po' } }])
})

test.each([
  [{ method: 'GET', path: '/lakes' }, 'The API has no GET /lakes'],
  [{ method: 'GET', path: '/rivers/{name}' }, 'The parameter {name} of the path is missing'],
])('tells the model what is wrong with %j', async (input, why) => {
  expect(await told('call_operation', input)).toContain(why)
})

test.each([
  ['x: [', 'The file is no OpenAPI document'],
  ['[]', 'it is no object'],
  ['{"servers":[{"url":"/v1"}]}', 'it names no server with a whole address'],
  ['{"servers":[{"url":"https://a.test"}],"paths":{}}', 'it describes no operation'],
])('says what is wrong with the document %s', async (text, why) => {
  const run = runComponent(openApiAgent, { model: fakeModel(''), path: ['user-1/api.yaml'] }, fileOf(text))
  await expect(run).rejects.toThrow(why)
})

test('needs a file', async () => {
  await expect(runComponent(openApiAgent, { model: fakeModel(''), path: [] })).rejects.toThrow('There is no file.')
})
