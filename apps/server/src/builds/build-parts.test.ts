import { catalog } from '@runnel/components/catalog'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'
import { type BuildCalls, buildCalls, buildsOf, outline } from './test-build.ts'
import { counter, countingFlow } from './test-counter.ts'

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, counter] })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

describe('a part of a flow', () => {
  const built = async (id: string, body: object, query = '') =>
    outline(await ada.build(id, body, query)).filter((name) => name.startsWith('built '))

  test('is built up to a stop, from a start, or between them', async () => {
    const id = await ada.store(countingFlow())
    const upTo = ['built ChatInput-ask', 'built Counter-count']
    expect(await built(id, { stop_component_id: 'Counter-count' })).toEqual(upTo)
    expect(await built(id, {}, '?stop_component_id=Counter-count')).toEqual(upTo)
    expect(await built(id, { stop_component_id: 'ChatInput-ask' }, '?stop_component_id=Counter-count')).toEqual(upTo)
    expect(await built(id, { start_component_id: 'Counter-count', stop_component_id: 'Counter-count' })).toEqual(upTo)
    const all = [...upTo, 'built ChatOutput-say']
    expect(await built(id, {}, '?start_component_id=Counter-count')).toEqual(all)
    expect(await built(id, {}, '?start_component_id=&stop_component_id=')).toEqual(all)
  })

  /** A chat, and beside it an island that nothing joins to it. */
  function withIsland(variable?: string) {
    const { nodes, edges } = countingFlow()
    const set = variable === undefined ? {} : { value: variable, load_from_db: true }
    const island = flow({ read: component('TextInput'), show: component('TextOutput') }, [
      'read.text -> show.input_value',
    ])
    Object.assign(Object(island.nodes[0]).data.node.template.input_value, set)
    return { nodes: [...nodes, ...island.nodes], edges: [...edges, ...island.edges] }
  }
  const chat = ['built ChatInput-ask', 'built Counter-count', 'built ChatOutput-say']

  test('is what a lone chat input begins, unless all ends are asked for', async () => {
    const id = await ada.store(withIsland())
    expect(await built(id, {})).toEqual(chat)
    expect(await built(id, {}, '?to_all_ends=false')).toEqual(chat)
    const all = [...chat, 'built TextInput-read', 'built TextOutput-show']
    expect((await built(id, {}, '?to_all_ends=true')).toSorted()).toEqual(all.toSorted())
    expect(await built(id, {}, '?to_all_ends=true&stop_component_id=ChatInput-ask')).toEqual(['built ChatInput-ask'])
  })

  test('is not kept from being built by a variable that only another part needs', async () => {
    const id = await ada.store(withIsland('NOWHERE'))
    expect(await built(id, {})).toEqual(chat)
    expect(await built(id, {}, '?to_all_ends=true')).toEqual([])
  })

  test('only lists what it builds', async () => {
    const [sorted] = await ada.build(await ada.store(countingFlow()), { stop_component_id: 'Counter-count' })
    expect(sorted?.data).toEqual({ ids: ['ChatInput-ask'], to_run: ['ChatInput-ask', 'Counter-count'] })
  })

  test('is refused when there is no such component, or no way between them', async () => {
    const id = await ada.store(countingFlow())
    for (const query of ['?stop_component_id=Gone-1', '?start_component_id=Gone-1']) {
      const answer = await ada.start(id, {}, query)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toEqual({ detail: 'Component Gone-1 not found in flow' })
    }
    const backwards = await ada.start(id, { start_component_id: 'ChatOutput-say', stop_component_id: 'ChatInput-ask' })
    expect(backwards.statusCode).toBe(400)
    expect(backwards.json().detail).toContain('does not follow')
  })

  test('may be a group, which the editor is told of instead of its members', async () => {
    const { nodes, edges } = countingFlow()
    const grouped = nodes.map((node) => (node.id === 'Counter-count' ? { ...node, parent_node_id: 'Group-1' } : node))
    const id = await ada.store({ nodes: grouped, edges })
    expect(await built(id, { stop_component_id: 'Group-1' })).toEqual(['built ChatInput-ask', 'built Counter-count'])
    const records = await ada.build(id)
    expect(records[0]?.data.to_run).toEqual(['ChatInput-ask', 'Counter-count', 'ChatOutput-say', 'Group-1'])
    expect(buildsOf(records, 'ChatInput-ask')[0]).toMatchObject({
      next_vertices_ids: ['Counter-count'],
      top_level_vertices: ['Group-1'],
    })
  })
})

describe('a frozen node', () => {
  const outputOf = (builds: readonly Record<string, unknown>[]) =>
    (builds[0] as { data: { outputs: { text: { message: string } } } }).data.outputs.text.message

  test('gives its last result instead of running, whatever its input is', async () => {
    const id = await ada.store(countingFlow())
    const first = await ada.build(id, { inputs: { input_value: 'one' } })
    const before = outputOf(buildsOf(first, 'Counter-count'))
    const data = countingFlow({ frozen: true })
    const again = await ada.build(id, { data, inputs: { input_value: 'two' } })
    const [build] = buildsOf(again, 'Counter-count')
    expect(build).toMatchObject({ valid: true, data: { used_frozen_result: true } })
    expect(outputOf([build ?? {}])).toBe(before)
    expect(outputOf(buildsOf(await ada.build(id, { inputs: { input_value: 'two' } }), 'Counter-count'))).not.toBe(
      before,
    )
  })
})
