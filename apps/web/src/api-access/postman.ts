import type { TryRequest } from './try-request.ts'

export interface NamedRequest {
  readonly name: string
  readonly request: TryRequest
}

/** Where programs keep the key: a variable of the collection, so that the file holds none. */
const KEY = '{{apiKey}}'

/** Requests as a collection that Postman and its like import (format 2.1). The key is a variable, left empty. */
export function postmanCollection(flowName: string, requests: readonly NamedRequest[]): string {
  const collection = {
    info: {
      name: flowName,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [{ key: 'apiKey', value: '', type: 'string' }],
    item: requests.map(({ name, request: { url, body } }) => ({
      name,
      request: {
        method: 'POST',
        header: [
          { key: 'Content-Type', value: 'application/json' },
          { key: 'x-api-key', value: KEY },
        ],
        url: urlOf(url),
        body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } },
      },
    })),
  }
  return JSON.stringify(collection, null, 2)
}

/** The address with its parts, as the format has it. */
function urlOf(raw: string) {
  const { protocol, hostname, port, pathname, searchParams } = new URL(raw)
  return {
    raw,
    protocol: protocol.replace(':', ''),
    host: hostname.split('.'),
    ...(port !== '' && { port }),
    path: pathname.split('/').slice(1),
    query: Array.from(searchParams, ([key, value]) => ({ key, value })),
  }
}
