import { catalog } from '@runnel/components/catalog'
import { createFlow, deleteFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import {
  changePublication,
  checkPublication,
  deletePublishedVersion,
  diffPublication,
  listPublications,
  publishFlow,
  readPublication,
  readPublishedVersion,
  restorePublishedVersion,
  rollbackPublication,
  unpublishFlow,
} from '@runnel/protocol/publications'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow, graphOf } from '../test-flows.ts'
import { declaringFlow, titled } from '../workflows/test-workflow.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog, env: { FLOWAI_RATE_LIMIT: '0' } })
})
afterAll(() => server.close())

let made = 0
async function stored(data: BuiltFlow = echoFlow()) {
  const { client } = server
  const created = await client.call(createFlow, { body: { name: `Flow ${++made}`, data: graphOf(data) } })
  const params = { flow_id: created.id }
  return {
    id: created.id,
    params,
    publish: (body: object = {}) => client.call(publishFlow, { params, body }),
    draw: (next: BuiltFlow) => client.call(updateFlow, { params, body: { data: graphOf(next) } }),
    async read() {
      const found = await client.call(readPublication, { params })
      if (!found) throw new Error('Asked for plainly, it is an error')
      return found
    },
    readOrNull: () => client.call(readPublication, { params, query: { or_null: true } }),
    run: async (input: object) =>
      (
        await server.app.inject({
          method: 'POST',
          url: `/v1/api/workflow/run/${created.id}`,
          headers: { 'x-api-key': server.apiKey },
          payload: JSON.stringify({ input }),
        })
      ).json(),
  }
}
/** Says a text of its own, whatever it is told. */
const saying = (text: string) =>
  flow(
    {
      ask: component('ChatInput'),
      prompt: { component: component('Prompt'), set: { template: text } },
      say: component('ChatOutput'),
    },
    ['prompt.prompt -> say.input_value'],
  )

describe('a publication', () => {
  test('is a version with a number, a note, a time and its author, and what it takes and gives', async () => {
    const { id, publish, read } = await stored()
    const first = await publish({ note: 'First' })
    expect(first).toMatchObject({
      flow_id: id,
      version: 1,
      note: 'First',
      published_by: 'ada',
      status: 'published',
      endpoint: `/v1/api/workflow/run/${id}`,
      inputs: [{ name: 'Chat Input', label: 'Chat Input', type: 'text', required: true, default: null }],
      outputs: [{ name: 'Chat Output', type: 'text' }],
      calls_total: 0,
      last_called_at: null,
    })
    await publish()
    expect((await read()).versions).toMatchObject([
      { version: 2, note: null, is_latest: true },
      { version: 1, note: 'First', is_latest: false, published_by: 'ada' },
    ])
  })

  test('runs what was published, not the draft, until it is published again', async () => {
    const { publish, draw, run, read } = await stored(saying('one'))
    await publish()
    expect(await run({ a: 'b' })).toMatchObject({ output: 'one', version: 1 })
    await draw(saying('two'))
    expect(await run({ a: 'b' })).toMatchObject({ output: 'one' })
    expect((await read()).status).toBe('outdated')
    await publish()
    expect(await run({ a: 'b' })).toMatchObject({ output: 'two', version: 2 })
    expect((await read()).status).toBe('published')
  })

  test('saves the graph that is sent into the draft first', async () => {
    const { params, publish, run } = await stored(saying('one'))
    await publish({ data: graphOf(saying('sent')) })
    expect(await run({ a: 'b' })).toMatchObject({ output: 'sent' })
    const draft = await server.client.call(readFlow, { params })
    expect(JSON.stringify(draft.data)).toContain('sent')
  })

  test('is not outdated by nodes that moved, a new name or a note', async () => {
    const { params, publish, draw, read } = await stored()
    await publish()
    const { nodes, ...rest } = echoFlow()
    const note = { id: 'note', type: 'noteNode', position: { x: 1, y: 1 }, data: { type: 'note', node: {} } }
    await draw({ ...rest, nodes: [...nodes.map((node) => ({ ...node, position: { x: 9, y: 9 } })), note] })
    await server.client.call(updateFlow, { params, body: { name: `Renamed ${made}` } })
    expect(await read()).toMatchObject({ status: 'published', name: `Renamed ${made}` })
  })

  test('counts the calls it got', async () => {
    const { publish, run, read } = await stored()
    await publish()
    await run({ a: 'b' })
    await run({})
    const found = await read()
    expect(found).toMatchObject({ calls_total: 2, today: { calls: 2, errors: 1, p95_ms: expect.any(Number) } })
    expect(found.last_called_at).not.toBeNull()
  })

  test('goes with its flow', async () => {
    const { params, publish, run } = await stored()
    await publish()
    await server.client.call(deleteFlow, { params })
    expect(await run({ a: 'b' })).toMatchObject({ error: { code: 'workflow_not_found' } })
  })
})

describe('a flow that cannot run', () => {
  test('is refused with the list of its problems', async () => {
    const { edges, ...rest } = flow(
      { ask: component('ChatInput'), model: component('OpenAIModel'), text: component('CombineText') },
      ['ask.message -> model.input_value', 'text.combined_text -> text.text1'],
    )
    const strange = { id: 'Strange-1', type: 'genericNode', data: { type: 'Strange', node: {} } }
    const broken = { ...edges[0], id: 'broken', target: 'gone' }
    const { publish, read, readOrNull } = await stored({
      ...rest,
      nodes: [...rest.nodes, strange],
      edges: [...edges, broken],
    })
    await expect(publish()).rejects.toMatchObject({
      status: 400,
      detail: {
        code: 'flow_not_publishable',
        problems: [
          { code: 'broken_edge', edge_id: 'broken' },
          { code: 'endless_cycle', node_id: 'CombineText-text' },
          { code: 'unknown_component', node_id: 'Strange-1' },
        ],
      },
    })
    await expect(read()).rejects.toMatchObject({ status: 404, detail: 'The flow was never published' })
    expect(await readOrNull()).toBeNull()
  })

  test('is refused for a required value that nothing gives', async () => {
    const { params, publish } = await stored(flow({ ask: component('ChatInput'), say: component('ChatOutput') }, []))
    const problems = [{ code: 'missing_value', node_id: 'ChatOutput-say', field: 'input_value' }]
    await expect(publish()).rejects.toMatchObject({ status: 400, detail: { problems } })
    const check = await server.client.call(checkPublication, { params })
    expect(check).toMatchObject({ ready: false, problems, contract: null, changes: null })
  })
})

describe('a change that breaks callers', () => {
  const one = declaringFlow([{ name: 'a' }, { name: 'b', type: 'number', required: true }])
  const other = declaringFlow([
    { name: 'b', type: 'integer', required: true },
    { name: 'c', required: true },
  ])

  test('is told and wants a yes', async () => {
    const { params, publish, draw } = await stored(one)
    await publish()
    await draw(other)
    const changes = [
      { kind: 'input_removed', name: 'a' },
      { kind: 'input_narrowed', name: 'b' },
      { kind: 'input_added_required', name: 'c' },
    ]
    expect(await server.client.call(checkPublication, { params })).toMatchObject({ ready: true, breaking: changes })
    await expect(publish()).rejects.toMatchObject({
      status: 409,
      detail: { code: 'publication_breaks_callers', changes },
    })
    expect(await publish({ accept_breaking: true })).toMatchObject({
      version: 2,
      inputs: [{ name: 'b' }, { name: 'c' }],
    })
  })

  test('is no addition, and no other name of the only input', async () => {
    const { publish, draw } = await stored(one)
    await publish()
    await draw(declaringFlow([{ name: 'a', type: 'text' }, { name: 'b', type: 'number' }, { name: 'c' }]))
    await publish()
    const lone = await stored()
    await lone.publish()
    const renamed = flow({ ask: titled('ChatInput', '输入'), say: component('ChatOutput') }, [
      'ask.message -> say.input_value',
    ])
    await lone.draw(renamed)
    expect(await lone.publish()).toMatchObject({ version: 2, inputs: [{ name: '输入' }] })
  })

  test('is another number of outputs', async () => {
    const { publish, draw } = await stored()
    await publish()
    await draw(
      flow({ ask: component('ChatInput'), one: titled('ChatOutput', 'One'), two: titled('ChatOutput', 'Two') }, [
        'ask.message -> one.input_value',
        'ask.message -> two.input_value',
      ]),
    )
    await expect(publish()).rejects.toMatchObject({ status: 409, detail: { changes: [{ kind: 'output_changed' }] } })
  })
})

describe('older versions', () => {
  test('come back as new ones, and the draft stays', async () => {
    const { params, publish, draw, run, read } = await stored(saying('one'))
    await publish()
    await draw(saying('two'))
    await publish()
    const back = await server.client.call(rollbackPublication, { params, body: { version: 1 } })
    expect(back).toMatchObject({ version: 3, note: 'Version 1 again', status: 'outdated' })
    expect(await run({ a: 'b' })).toMatchObject({ output: 'one', version: 3 })
    expect((await read()).versions.map(({ restored_from }) => restored_from)).toEqual([1, null, null])
    expect(JSON.stringify((await server.client.call(readFlow, { params })).data)).toContain('two')
    await expect(server.client.call(rollbackPublication, { params, body: { version: 9 } })).rejects.toMatchObject({
      status: 404,
    })
  })

  test('are read without their secrets, and become the draft again', async () => {
    const secret = flow(
      {
        ask: component('ChatInput'),
        model: { component: component('OpenAIModel'), set: { api_key: 'sk-very-secret' } },
        say: component('ChatOutput'),
      },
      ['ask.message -> model.input_value', 'model.text_output -> say.input_value'],
    )
    const { params, publish, draw } = await stored(secret)
    await publish()
    await draw(echoFlow())
    const version = await server.client.call(readPublishedVersion, { params: { ...params, version: 1 } })
    expect(version).toMatchObject({ version: 1, contract: { inputs: [{ name: 'Chat Input' }] } })
    expect(JSON.stringify(version)).not.toContain('very-secret')
    const restored = await server.client.call(restorePublishedVersion, { params: { ...params, version: 1 } })
    expect(JSON.stringify(restored.data)).toContain('very-secret')
  })

  test('are deleted, but not the newest', async () => {
    const { params, publish, read } = await stored()
    await publish()
    await publish()
    const remove = (version: number) => server.client.call(deletePublishedVersion, { params: { ...params, version } })
    await expect(remove(2)).rejects.toMatchObject({ status: 409 })
    await remove(1)
    await expect(remove(1)).rejects.toMatchObject({ status: 404 })
    expect((await read()).versions).toHaveLength(1)
  })

  test('are compared as a list that people can read', async () => {
    const { params, publish, draw } = await stored(saying('one'))
    await publish()
    const next = flow(
      {
        ask: component('ChatInput'),
        prompt: { component: component('Prompt'), set: { template: 'two' }, node: { display_name: 'My prompt' } },
        end: component('ChatOutput'),
      },
      ['prompt.prompt -> end.input_value'],
    )
    await draw(next)
    const { from, to, changes } = await server.client.call(diffPublication, { params })
    expect([from, to]).toEqual([1, null])
    expect(changes.map(({ message }) => message)).toEqual([
      'Renamed Prompt Template to My prompt',
      'My prompt: Template changed from "one" to "two"',
      'Added Chat Output (ChatOutput)',
      'Removed Chat Output (ChatOutput)',
      'Joined My prompt (prompt) → Chat Output (input_value)',
      'Parted Prompt Template (prompt) → Chat Output (input_value)',
    ])
    await publish()
    const between = await server.client.call(diffPublication, { params, query: { from: 2, to: 1 } })
    expect(between.changes).toHaveLength(6)
  })
})

describe('a published flow', () => {
  test('is taken back and comes again under the next number', async () => {
    const { params, publish, run, read } = await stored()
    await publish()
    await server.client.call(unpublishFlow, { params })
    expect((await read()).status).toBe('unpublished')
    expect(await run({ a: 'b' })).toMatchObject({ error: { code: 'workflow_not_published' } })
    expect(await publish()).toMatchObject({ version: 2, status: 'published' })
  })

  test('is served as its owner wants', async () => {
    const { params, publish } = await stored()
    await publish()
    const change = (body: object) => server.client.call(changePublication, { params, body })
    expect(await change({ cache: true, rate_limit: 50 })).toMatchObject({ cache_seconds: 300, rate_limit: 50 })
    expect(await change({ cache: false, rate_limit: null })).toMatchObject({ cache_seconds: 0, rate_limit: null })
    expect(await change({ cache_seconds: 60 })).toMatchObject({ cache_seconds: 60 })
  })

  test('is listed for its owner alone', async () => {
    const cleo = await server.person('cleo')
    const { params, publish, id } = await stored()
    await publish()
    const listed = await server.client.call(listPublications, { query: { size: '100' } })
    expect(listed.items.map(({ flow_id }) => flow_id)).toContain(id)
    expect(await cleo.client.call(listPublications, {})).toMatchObject({ items: [], total: 0 })
    for (const attempt of [
      () => cleo.client.call(readPublication, { params }),
      () => cleo.client.call(publishFlow, { params }),
      () => cleo.client.call(unpublishFlow, { params }),
      () => cleo.client.call(diffPublication, { params }),
      () => cleo.client.call(checkPublication, { params }),
      () => cleo.client.call(rollbackPublication, { params, body: { version: 1 } }),
      () => cleo.client.call(readPublishedVersion, { params: { ...params, version: 1 } }),
      () => cleo.client.call(changePublication, { params, body: { cache: true } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ status: 404 })
    }
  })
})
