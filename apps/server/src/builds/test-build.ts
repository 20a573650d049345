import { randomUUID } from 'node:crypto'
import type { JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import type { TestApp } from '../test-app.ts'

export interface BuildRecord {
  readonly event: string
  // Tests read what they are about.
  readonly data: Record<string, never>
}

/** The records of a body, polled or streamed. */
export function recordsOf(text: string): readonly BuildRecord[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

/** Event names, `end_vertex` with its node and whether it went well. */
export const outline = (records: readonly BuildRecord[]): readonly string[] =>
  records.map(({ event, data }) => {
    if (event !== 'end_vertex') return event
    const { id, valid } = data.build_data as unknown as { id: string; valid: boolean }
    return `${valid ? 'built' : 'failed'} ${id}`
  })

/** The builds of one node, in order. */
export const buildsOf = (records: readonly BuildRecord[], id: string): readonly Record<string, unknown>[] =>
  records.flatMap(({ data }) => {
    const build = data.build_data as Record<string, unknown> | undefined
    return build?.id === id ? [build] : []
  })

/** Calls of one user. */
export function buildCalls({ app }: Pick<TestApp, 'app'>, headers: Readonly<Record<string, string>>) {
  const post = (url: string, body?: unknown) =>
    app.inject({ method: 'POST', url, headers, ...(body !== undefined && { payload: JSON.stringify(body) }) })
  const start = (id: string, body?: unknown, query = '') => post(`/api/v1/build/${id}/flow${query}`, body)
  const events = (job: string, query = '') =>
    app.inject({ method: 'GET', url: `/api/v1/build/${job}/events${query}`, headers })
  return {
    post,
    start,
    events,
    cancel: (job: string) => post(`/api/v1/build/${job}/cancel`),
    /** The id of a new flow. */
    async store(data: unknown, more: JsonObject = {}): Promise<string> {
      const answer = await post('/api/v1/flows/', { name: `flow ${randomUUID()}`, data, ...more })
      if (answer.statusCode !== 201) throw new Error(answer.body)
      return String(answer.json().id)
    },
    /** The id of a job that has begun. */
    async job(id: string, body?: unknown, query = ''): Promise<string> {
      const answer = await start(id, body, query)
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return String(answer.json().job_id)
    },
    /** Everything a build tells. */
    async build(id: string, body?: unknown, query = ''): Promise<readonly BuildRecord[]> {
      return recordsOf((await events(await this.job(id, body, query))).body)
    },
  }
}
export type BuildCalls = ReturnType<typeof buildCalls>

/** A flow that says what a variable holds. */
export function sayingVariable(textInput: Component, chatOutput: Component, name: string): BuiltFlow {
  const built = flow({ note: textInput, say: chatOutput }, ['note.text -> say.input_value'])
  // The builder writes nodes as the editor does.
  const [note] = built.nodes as unknown as { data: { node: { template: { input_value: object } } } }[]
  Object.assign(note?.data.node.template.input_value ?? {}, { value: name, load_from_db: true })
  return built
}
