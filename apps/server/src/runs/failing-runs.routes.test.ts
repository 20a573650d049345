import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { component, echoFlow } from '../test-flows.ts'
import { chatWith, promptFlow, type RunsServer, runsServer, textOf } from './test-runs.ts'

let server: RunsServer
beforeAll(async () => {
  server = await runsServer()
})
afterAll(() => server.close())

describe('bad input', () => {
  test.each([
    ['broken JSON', '{"input_value":', 'json_invalid'],
    ['a list', '[]', 'model_attributes_type'],
    ['a number for text', '{"input_value":5}', 'string_type'],
    ['an unknown input type', '{"input_type":"foo"}', 'literal_error'],
    ['tweaks that are no object', '{"tweaks":[1]}', 'dict_type'],
    ['2 000 levels of brackets', `{"tweaks":${'{"a":'.repeat(2000)}1${'}'.repeat(2001)}`, undefined],
  ])('%s is refused with 422', async (_name, body, type) => {
    const answer = await server.run(await server.stored(echoFlow()), body)
    expect(answer.statusCode).toBe(422)
    if (type) expect(answer.json().detail[0]).toMatchObject({ type, loc: expect.arrayContaining(['body']) })
  })

  test('ten megabytes of input are answered', async () => {
    const text = 'x'.repeat(10 * 1024 * 1024)
    const answer = await server.run(await server.stored(echoFlow()), { input_value: text })
    expect(answer.statusCode).toBe(200)
    expect(textOf(answer)).toBe(text)
  })

  test('a body over the limit is 413', async () => {
    expect(
      (await server.run(await server.stored(echoFlow()), { input_value: 'x'.repeat(17 * 1024 * 1024) })).statusCode,
    ).toBe(413)
  })

  const broken: readonly (readonly [string, (data: BuiltFlow) => unknown, string])[] = [
    [
      'an edge to nowhere',
      ({ nodes, edges }) => ({ nodes, edges: [...edges, { ...edges[0], target: 'Gone-1' }] }),
      'Gone-1',
    ],
    ['a doubled id', ({ nodes, edges }) => ({ nodes: [...nodes, nodes[0]], edges }), 'ChatInput-ask'],
    [
      'an unreadable handle',
      ({ nodes, edges }) => ({
        nodes,
        edges: edges.map(({ source, target }) => ({ source, target, sourceHandle: 'x', targetHandle: '{' })),
      }),
      'cannot be read',
    ],
  ]
  test.each(broken)('a flow with %s fails as invalid before anything runs', async (_name, breakIt, named) => {
    const id = await server.stored(breakIt(echoFlow()))
    for (const query of ['', '?stream=true']) {
      const answer = await server.run(id, { input_value: 'x' }, query)
      expect(answer.statusCode).toBe(500)
      const detail = JSON.parse(answer.json().detail)
      expect(detail).toMatchObject({ code: 'flow_invalid', traceback: null })
      expect(detail.message).toContain(named)
    }
    expect(await server.storage.messages.find({ userId: server.user.id, flowId: id })).toEqual([])
  })

  test('a cycle that nothing can end is named', async () => {
    const Prompt = component('Prompt')
    const ring = flow(
      {
        a: { component: Prompt, set: { template: '{x}', x: '' } },
        b: { component: Prompt, set: { template: '{x}', x: '' } },
      },
      ['a.prompt -> b.x', 'b.prompt -> a.x'],
    )
    const answer = await server.run(await server.stored(ring), {})
    expect(JSON.parse(answer.json().detail)).toMatchObject({
      code: 'flow_invalid',
      message: expect.stringContaining('Prompt-a'),
    })
  })

  test('a flow without a graph says so', async () => {
    const answer = await server.run(await server.stored(null), {})
    expect(answer.statusCode).toBe(500)
    expect(answer.body).toContain('has no data')
  })

  test('an unknown component fails its own node, by type and id, when it is reached', async () => {
    const strange = JSON.parse(JSON.stringify(echoFlow()).replaceAll('ChatOutput', 'Sorcery'))
    const answer = await server.run(await server.stored(strange), { input_value: 'x' })
    expect(answer.statusCode).toBe(500)
    expect(JSON.parse(answer.json().detail).message).toContain(
      'Component type Sorcery is not available in this engine (node Sorcery-say)',
    )
  })

  test('an empty prompt variable is empty text', async () => {
    const id = await server.stored(promptFlow())
    expect(textOf(await server.run(id, { input_value: '' }))).toBe('Q: ')
  })
})

describe('a model that fails', () => {
  const failing: readonly (readonly [string, ReturnType<typeof reply>, object, string])[] = [
    [
      'refuses',
      reply({ error: { message: 'Incorrect API key provided: sk-secret-of-ada' } }, { status: 401 }),
      { code: 'model_error' },
      '401',
    ],
    [
      'asks to wait too long',
      reply({ error: { message: 'slow down' } }, { status: 429, headers: { 'retry-after': '60' } }),
      { code: 'model_rate_limited' },
      '429',
    ],
    ['answers garbage', reply('<html>oops</html>'), { code: 'model_error' }, ''],
    ['answers nothing', reply(''), { code: 'model_error' }, ''],
    ['answers without choices', reply({ choices: [] }), { code: 'model_error' }, ''],
  ]
  test.each(failing)(
    'one that %s is told without the key, and the server goes on',
    async (_name, answerOf, expected, named) => {
      await using upstream = await providerServer(answerOf)
      const id = await server.stored(chatWith(upstream.url))
      const answer = await server.run(id, { input_value: 'x' })
      expect(answer.statusCode).toBe(500)
      const detail = JSON.parse(answer.json().detail)
      expect(detail).toMatchObject(expected)
      expect(detail.message).toContain('Error building Component OpenAI')
      expect(detail.message).toContain(named)
      expect(answer.body).not.toContain('sk-secret-of-ada')
      const steps = await server.storage.runs.latestSteps(server.user.id, id)
      expect(JSON.stringify(steps)).not.toContain('sk-secret-of-ada')
      expect(textOf(await server.run(await server.stored(echoFlow()), { input_value: 'still here' }))).toBe(
        'still here',
      )
    },
  )

  test('one that cannot be reached is a connection error', async () => {
    const answer = await server.run(await server.stored(chatWith('http://127.0.0.1:9')), { input_value: 'x' })
    expect(JSON.parse(answer.json().detail)).toMatchObject({
      code: 'model_error',
      message: expect.stringContaining('Connection error.'),
    })
  })

  test('passes Retry-After on when it is limited', async () => {
    await using upstream = await providerServer(
      reply({ error: { message: 'slow down' } }, { status: 429, headers: { 'retry-after': '60' } }),
    )
    const answer = await server.run(await server.stored(chatWith(upstream.url)), { input_value: 'x' })
    expect(answer.headers['retry-after']).toBe('60')
  })

  test('is asked for its key when none is set', async () => {
    const answer = await server.run(await server.stored(chatWith('', { api_key: '', openai_api_base: '' })), {
      input_value: 'x',
    })
    expect(answer.statusCode).toBe(500)
    expect(JSON.parse(answer.json().detail).message).toMatch(/API key/i)
  })
})
