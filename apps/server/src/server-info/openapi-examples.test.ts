import { createApiKey } from '@runnel/protocol/api-keys'
import type { Endpoint } from '@runnel/protocol/endpoint'
import { createFlow } from '@runnel/protocol/flows'
import { createProject } from '@runnel/protocol/projects'
import { createUser } from '@runnel/protocol/users'
import { createVariable } from '@runnel/protocol/variables'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testApp } from '../test-app.ts'
import { describeApi } from './openapi.ts'

const { app, apiKey, close } = await testApp({ user: 'root', superuser: true })
afterAll(close)
const endpoints: readonly Endpoint[] = app.http.endpoints

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const takesExample = ({ body, bodyType }: Endpoint) => body !== undefined && bodyType !== 'multipart'
/** Some only refuse, for the sake of clients that still ask. */
const answersJson = ({ response, responseType, status }: Endpoint) =>
  responseType === undefined && status !== 204 && !(response instanceof z.ZodNever)

/** What does not fit, by endpoint, so that one failure names them all. */
function misfits(part: 'body' | 'response', described: readonly Endpoint[]): Record<string, string> {
  const found = described.flatMap((endpoint) => {
    const example = endpoint.examples?.[part]
    if (example === undefined) return [[nameOf(endpoint), 'has no example']]
    const { error } = endpoint[part]?.safeParse(example) ?? {}
    return error ? [[nameOf(endpoint), z.prettifyError(error)]] : []
  })
  return Object.fromEntries(found)
}

test('every body has an example that the endpoint takes', () => {
  const described = endpoints.filter(takesExample)
  expect(described.length).toBeGreaterThan(30)
  expect(misfits('body', described)).toEqual({})
})

test('every JSON answer has an example that fits its schema', () => {
  const described = endpoints.filter(answersJson)
  expect(described.length).toBeGreaterThan(90)
  expect(misfits('response', described)).toEqual({})
})

test('an endpoint has no example of a body it does not take or an answer it does not give', () => {
  const idle = endpoints.filter(
    (endpoint) =>
      (endpoint.examples?.body !== undefined && !takesExample(endpoint)) ||
      (endpoint.examples?.response !== undefined && !answersJson(endpoint)),
  )
  expect(idle.map(nameOf)).toEqual([])
})

test('examples are plain JSON, the same each time', () => {
  for (const { examples } of endpoints) expect(JSON.parse(JSON.stringify(examples ?? {}))).toEqual(examples ?? {})
  expect(JSON.stringify(describeApi(endpoints))).toBe(JSON.stringify(describeApi(endpoints)))
})

test('what an example body creates is answered with the keys of the example', async () => {
  for (const endpoint of [createFlow, createProject, createUser, createVariable, createApiKey]) {
    const { body, response } = endpoint.examples ?? {}
    const made = await app.inject({
      method: 'POST',
      url: endpoint.path,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    })
    expect(Object.keys(made.json()), nameOf(endpoint)).toEqual(Object.keys(Object(response)))
  }
})
