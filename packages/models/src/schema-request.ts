import { isObject } from '@runnel/protocol/json'

type Fetch = typeof globalThis.fetch

/**
 * A `fetch` whose requests for an answer of a schema name the schema before they bind it, as Langflow's do. The SDK
 * has it the other way round; servers that cache or compare requests byte by byte see no difference this way.
 */
export const namingSchemaFirst =
  (fetch: Fetch): Fetch =>
  (input, init) =>
    fetch(input, { ...init, body: renamed(String(init?.body ?? '')) })

function renamed(body: string): string {
  const request: unknown = JSON.parse(body)
  const format = isObject(request) && isObject(request.response_format) ? request.response_format : {}
  if (!isObject(request) || !isObject(format.json_schema)) return body
  const { schema, name, ...more } = format.json_schema
  return JSON.stringify({ ...request, response_format: { ...format, json_schema: { schema, name, ...more } } })
}
