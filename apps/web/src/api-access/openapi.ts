import type { JsonObject } from '@runnel/protocol/json'
import { type Call, openAiBody, openAiUrl, runUrl, webhookUrl } from './call.ts'
import type { InputField } from './flow-inputs.ts'
import { exposedFields, runPayload } from './run-payload.ts'
import { modesOf } from './ways.ts'

const TEXT = { type: 'string' }
const SESSION = { ...TEXT, description: "The conversation; the flow's id unless given" }

/** What a flow is called, in the words of its owner. */
export interface NamedFlow {
  readonly name: string
  readonly description: string | null | undefined
}

/** The OpenAPI 3.1 document of a flow as it is saved: how it is called, what it takes and what it gives. */
export function flowOpenApi(call: Call, { name, description }: NamedFlow): string {
  const modes = modesOf(call.inputs)
  const paths = {
    [pathOf(runUrl(call))]: { post: runOperation(call) },
    ...(modes.includes('openai') && { [pathOf(openAiUrl(call))]: { post: responseOperation(call) } }),
    ...(modes.includes('webhook') && { [pathOf(webhookUrl(call))]: { post: webhookOperation(call) } }),
  }
  const document = {
    openapi: '3.1.0',
    info: { title: name, version: 'draft', ...(description && { description }) },
    servers: [{ url: call.origin }],
    paths,
    components: {
      securitySchemes: { ApiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      schemas: { Error: object({ detail: {} }, ['detail']) },
    },
  }
  return JSON.stringify(document, null, 2)
}

function runOperation(call: Call): JsonObject {
  const { inputs, needsKey } = call
  const { output_type, input_type } = runPayload(inputs)
  const body = object({
    input_value: { ...TEXT, description: 'The text the flow begins with' },
    input_type: { ...TEXT, enum: ['chat', 'text', 'any'], default: input_type },
    output_type: { ...TEXT, enum: ['chat', 'text', 'any', 'debug'], default: output_type },
    session_id: SESSION,
    tweaks: tweaksSchema(call),
  })
  const result = object({
    component_id: inputs.outputIds.length > 0 ? { ...TEXT, enum: inputs.outputIds } : TEXT,
    component_display_name: TEXT,
    results: object({ message: object({ text: TEXT, sender: TEXT, sender_name: TEXT, session_id: TEXT }) }),
  })
  const answer = object(
    {
      session_id: TEXT,
      outputs: list(object({ inputs: object({ input_value: TEXT }), outputs: list(result) }, ['outputs'])),
    },
    ['session_id', 'outputs'],
  )
  const stream = { name: 'stream', in: 'query', schema: { type: 'boolean', default: false } }
  return {
    operationId: 'run',
    summary: 'Run the flow and answer with its outputs, or stream its events',
    parameters: [stream],
    ...asked(body, runPayload(inputs)),
    ...answered('200', {
      'application/json': { schema: answer },
      'text/event-stream': {
        schema: { ...TEXT, description: 'One JSON object to a line: add_message, token, end, error' },
      },
    }),
    ...secured(needsKey),
  }
}

function responseOperation(call: Call): JsonObject {
  const { model } = openAiBody(call)
  const body = object(
    {
      model: { ...TEXT, const: model },
      input: { ...TEXT, description: 'The text the flow begins with' },
      stream: { type: 'boolean', default: false },
      previous_response_id: { type: ['string', 'null'], description: 'The conversation to go on with' },
      include: { type: 'array', items: { ...TEXT, enum: ['tool_call.results'] } },
    },
    ['model', 'input'],
  )
  const part = object({ type: { const: 'output_text' }, text: TEXT }, ['type', 'text'])
  const item = object({ type: TEXT, id: TEXT, status: TEXT, role: TEXT, content: list(part) }, ['type', 'id'])
  const answer = object({ id: TEXT, status: TEXT, output: list(item) }, ['id', 'status', 'output'])
  return {
    operationId: 'respond',
    summary: "Run the flow in the place of a model of OpenAI's Responses API",
    ...asked(body, openAiBody(call)),
    ...answered('200', { 'application/json': { schema: answer }, 'text/event-stream': { schema: TEXT } }),
    ...secured(call.needsKey),
  }
}

function webhookOperation({ webhookNeedsKey }: Call): JsonObject {
  const answer = object({ message: TEXT, status: TEXT, task_id: TEXT, flow_id: TEXT }, ['task_id'])
  return {
    operationId: 'start',
    summary: 'Start the flow in the background with any JSON',
    ...asked({}, { any: 'data' }),
    ...answered('202', { 'application/json': { schema: answer } }),
    ...secured(webhookNeedsKey),
  }
}

/** What the owner lets callers set, by node and field. */
function tweaksSchema({ inputs }: Call): JsonObject {
  const { named, byNode } = exposedFields(inputs)
  const nodes = inputs.nodes.flatMap(({ id, name }) => {
    const properties = byNode.get(id)?.map(({ field, value }) => [field.name, fieldSchema(field, value)] as const)
    return properties ? [[id, { ...object(Object.fromEntries(properties)), title: name }] as const] : []
  })
  return object({
    ...Object.fromEntries(named.map(([name, { field, value }]) => [name, fieldSchema(field, value)])),
    ...Object.fromEntries(nodes),
  })
}

const fieldSchema = ({ label, info, type, isSecret }: InputField, value: unknown): JsonObject => ({
  ...(type && { type }),
  title: label,
  ...(isSecret ? { description: 'The name of a global variable' } : info !== '' && { description: info }),
  ...(!isSecret && value !== '' && { default: value }),
})

const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
})
const list = (items: JsonObject): JsonObject => ({ type: 'array', items })

const asked = (schema: JsonObject, example: unknown): JsonObject => ({
  requestBody: { required: true, content: { 'application/json': { schema, example } } },
})
const failure = (description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})
const answered = (status: '200' | '202', content: JsonObject): JsonObject => ({
  responses: {
    [status]: { description: 'Success', content },
    '403': failure('No valid API key was sent'),
    '404': failure('No flow has this id or endpoint name'),
    '422': failure('The request does not fit'),
    '500': failure('The flow failed'),
  },
})
const secured = (needsKey: boolean): JsonObject => ({ security: needsKey ? [{ ApiKey: [] }] : [] })

const pathOf = (url: string): string => new URL(url).pathname
