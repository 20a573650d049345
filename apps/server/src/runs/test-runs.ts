import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { component, modelFlow } from '../test-flows.ts'

// Flows that are run over HTTP, for tests.

type Posted = Promise<LightMyRequestResponse>

/** A server of ada's with every component, and short ways to store flows and run them. */
export interface RunsServer extends TestApp {
  /** Stores a flow and gives its id. */
  stored(
    data: unknown,
    more?: { readonly endpoint_name?: string; readonly access_type?: 'PUBLIC' },
    as?: TestPerson,
  ): Promise<string>
  post(url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Posted
  run(id: string, body?: unknown, query?: string, headers?: Readonly<Record<string, string>>): Posted
}

export async function runsServer(): Promise<RunsServer> {
  const server = await testApp({ user: 'ada', components: catalog })
  const post: RunsServer['post'] = (url, body, headers = {}) => {
    const payload = typeof body === 'string' ? body : JSON.stringify(body)
    return server.app.inject({
      method: 'POST',
      url,
      headers: { 'x-api-key': server.apiKey, ...headers },
      ...(payload && { payload }),
    })
  }
  return {
    ...server,
    post,
    run: (id, body, query = '', headers = {}) => post(`/api/v1/run/${id}${query}`, body, headers),
    async stored(data, more = {}, as) {
      const answer = await post(
        '/api/v1/flows/',
        { name: `flow ${newId()}`, data, ...more },
        as && { 'x-api-key': as.apiKey },
      )
      expect(answer.statusCode).toBe(201)
      return String(answer.json().id)
    },
  }
}

/** The text that a run's first output gives. */
export const textOf = (answer: { json(): unknown }): string | undefined =>
  (answer.json() as { outputs: { outputs: { results: { message: { text: string } } }[] }[] }).outputs[0]?.outputs[0]
    ?.results.message.text

/** Puts what is said into a prompt. */
export const promptFlow = (): BuiltFlow =>
  flow(
    {
      ask: component('ChatInput'),
      fill: { component: component('Prompt'), set: { template: 'Q: {question}', question: 'unset' } },
      say: component('ChatOutput'),
    },
    ['ask.message -> fill.question', 'fill.prompt -> say.input_value'],
  )

/** Asks a model with a key of ada's. */
export const chatWith = (url: string, set: Readonly<Record<string, unknown>> = {}): BuiltFlow =>
  modelFlow(url, { api_key: 'sk-secret-of-ada', ...set })
