import { type Endpoint, successStatus } from '@runnel/protocol/endpoint'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { z } from 'zod'
import { LANGFLOW_VERSION } from '../version.ts'

const JSON_TYPE = 'application/json'
const MULTIPART_FILE = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
} as const

/** The OpenAPI 3.1 description of endpoints. */
export function describeApi(endpoints: readonly Endpoint[]): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeEndpoint(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Langflow', version: LANGFLOW_VERSION },
    paths,
    components: {
      schemas: { Error: { type: 'object', properties: { detail: {} }, required: ['detail'] } },
      securitySchemes: {
        ApiKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        ApiKeyQuery: { type: 'apiKey', in: 'query', name: 'x-api-key' },
        Bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  }
}

function describeEndpoint(endpoint: Endpoint): JsonObject {
  const { tag, summary, access, params, query, examples, errors = {} } = endpoint
  const body = bodyOf(endpoint)
  const success = successStatus(endpoint)
  const takesInput = params !== undefined || query !== undefined || body !== undefined
  return {
    tags: [tag],
    summary,
    operationId: `${endpoint.method}_${endpoint.path}`
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/_$/, ''),
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body && { requestBody: body }),
    ...(access !== 'none' && { security: [{ ApiKeyHeader: [] }, { ApiKeyQuery: [] }, { Bearer: [] }] }),
    responses: {
      ...(success !== undefined && { [String(success)]: successOf(endpoint, examples?.response) }),
      ...Object.fromEntries(Object.entries(errors).map(([status, why]) => [status, failure(why)])),
      ...(access !== 'none' && { '403': failure(errors[403] ?? 'No valid API key, token or session was sent') }),
      ...(takesInput && { '422': failure('The request does not fit') }),
    },
  }
}

function bodyOf({ body, bodyType = 'json', examples }: Endpoint): JsonObject | undefined {
  if (bodyType === 'multipart')
    return { required: true, content: { 'multipart/form-data': { schema: MULTIPART_FILE } } }
  if (!body) return undefined
  const type = bodyType === 'form' ? 'application/x-www-form-urlencoded' : JSON_TYPE
  const content = { schema: schemaOf(body, 'input'), ...(examples?.body !== undefined && { example: examples.body }) }
  return { required: !body.safeParse(undefined).success, content: { [type]: content } }
}

function successOf({ response, responseType = JSON_TYPE, status }: Endpoint, example: unknown): JsonObject {
  if (status === 204) return { description: 'Done' }
  const content = { schema: schemaOf(response, 'output'), ...(example !== undefined && { example }) }
  return { description: 'Success', content: { [responseType]: content } }
}

const failure = (description: string): JsonObject => ({
  description,
  content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Error' } } },
})

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly JsonObject[] {
  const { properties, required } = schema ? schemaOf(schema, 'input') : {}
  if (!isObject(properties)) return []
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (Array.isArray(required) && required.includes(name)),
    schema: property,
  }))
}

/** JSON Schema of a Zod schema; `wire` in its metadata says what a transformation hides. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      const { wire } = jsonSchema
      if (!isObject(wire)) return
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
      Object.assign(jsonSchema, wire)
    },
  })
  return described
}
