import { data, defineComponent, field, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { echo, testGraph, testRun, textOf, toy } from './test-run.ts'

describe('values on edges', () => {
  const fed = async (value: unknown, target: 'text' | 'texts' | 'any', set: Readonly<Record<string, unknown>> = {}) => {
    const source = toy('Source', () => value)
    const sink = defineComponent({
      ...echo,
      type: 'Sink',
      outputs: {
        out: {
          ...echo.outputs.out,
          run: ({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }) => data({ got: inputs[target] }),
        },
      },
    } as never)
    const graph = testGraph([source, sink], flow({ a: source, b: { component: sink, set } }, [`a.out -> b.${target}`]))
    const run = await testRun(graph)
    const failed = run.events.find((event) => event.type === 'node-error')
    return failed?.type === 'node-error'
      ? failed.failure.reason
      : (run.value('Sink-b') as { data: { got: unknown } }).data.got
  }
  test.each([
    ['a message becomes text', message('hi'), 'text', 'hi'],
    ['Data becomes its text', data({ text: 'hi' }), 'text', 'hi'],
    [
      'Data without text is refused',
      data({ a: 1 }),
      'text',
      'The Data for input text has no key "text". Available keys: a.',
    ],
    ['a number is refused', 7, 'text', 'Invalid value type number for input text.'],
    ['a list is flattened into a list', [message('a'), [message('b')]], 'texts', ['a', 'b']],
    ['any value reaches a handle', { x: 1 }, 'any', { x: 1 }],
    ['null is no value', null, 'text', ''],
  ] as const)('%s', async (_, value, target, expected) => {
    expect(await fed(value, target)).toEqual(expected)
  })

  test('that never come leave the value in the file', async () => {
    const router = toy(
      'Router',
      (_, context) => {
        context.routes.stop('out')
        return message('')
      },
      { routes: true },
    )
    const graph = testGraph(
      [router, echo],
      flow({ r: router, a: echo, b: { component: echo, set: { text: 'own' } }, c: echo }, [
        'r.out -> a.text',
        'a.out -> b.text',
        'c.out -> b.texts',
        'r.out -> c.text',
      ]),
    )
    expect((await testRun(graph)).started).toEqual(['Router-r'])
  })
})

describe('the session', () => {
  const whose = defineComponent({
    ...echo,
    type: 'Whose',
    outputs: {
      out: {
        ...echo.outputs.out,
        run: ({ inputs }: { readonly inputs: { session_id: string } }) => data({ id: inputs.session_id }),
      },
    },
  } as never)
  const idOf = async (set: Readonly<Record<string, unknown>>, sessionFields: 'all' | 'empty', node = {}) => {
    const run = await testRun(testGraph([whose], flow({ a: { component: whose, set, node } })), {
      request: { sessionFields },
    })
    const failed = run.events.find((event) => event.type === 'node-error')
    return failed?.type === 'node-error'
      ? failed.failure.reason
      : (run.value('Whose-a') as { data: { id: string } }).data.id
  }
  test('of an API run stands in every session field', async () => {
    expect(await idOf({ session_id: 'mine' }, 'all')).toBe('session-1')
    expect(await idOf({}, 'all')).toBe('session-1')
  })
  test('of the playground stands in the empty ones', async () => {
    expect(await idOf({ session_id: 'mine' }, 'empty')).toBe('mine')
    expect(await idOf({}, 'empty')).toBe('session-1')
  })
  test('may come from a variable, but not from a credential', async () => {
    const template = { session_id: { type: 'str', value: 'SESSION', load_from_db: true, show: true } }
    const graph = testGraph([whose], flow({ a: { component: whose, node: { template } } }))
    const run = (type: 'Generic' | 'Credential') =>
      testRun(graph, {
        request: { sessionFields: 'empty' },
        ports: { variables: { get: async () => ({ value: 'theirs', type }), environment: () => undefined } },
      })
    expect((await run('Generic')).value('Whose-a')).toEqual(data({ id: 'theirs' }))
    expect((await run('Credential')).events.find(({ type }) => type === 'node-error')).toMatchObject({
      failure: { reason: 'The credential SESSION cannot be a session id.' },
    })
  })
})

describe('the input of a run', () => {
  const input = defineComponent({
    type: 'ChatInput',
    displayName: 'Chat Input',
    description: '',
    icon: '',
    category: '',
    role: 'input',
    inputs: { input_value: field.text({ label: 'Text', default: 'stored' }), files: field.files({ label: 'Files' }) },
    outputs: {
      out: {
        type: 'Message',
        label: 'Out',
        method: 'out',
        run: ({ inputs }) => message(inputs.input_value, { files: inputs.files }),
      },
    },
  })
  const graph = testGraph([input, echo], flow({ a: input }))
  test('replaces the text of the input nodes, an empty one as well', async () => {
    const given = async (value: string) =>
      textOf((await testRun(graph, { request: { inputValues: new Map([[0, value]]) } })).value('ChatInput-a'))
    expect([await given('new'), await given('')]).toEqual(['new', ''])
    expect(textOf((await testRun(graph)).value('ChatInput-a'))).toBe('stored')
  })
  test('does not replace what an edge brings', async () => {
    const fed = testGraph(
      [input, echo],
      flow({ a: input, b: { component: echo, set: { text: 'by edge' } } }, ['b.out -> a.input_value']),
    )
    expect(textOf((await testRun(fed, { request: { inputValues: new Map([[0, 'new']]) } })).value('ChatInput-a'))).toBe(
      'by edge',
    )
  })
  test('brings its files to the chat input', async () => {
    expect((await testRun(graph, { request: { inputFiles: ['flow/a.png'] } })).value('ChatInput-a')).toMatchObject({
      files: ['flow/a.png'],
    })
  })
})

describe('a variable', () => {
  const keyed = defineComponent({
    type: 'Keyed',
    displayName: 'Keyed',
    description: '',
    icon: '',
    category: '',
    inputs: { key: field.secret({ label: 'Key', variable: 'KEY' }) },
    outputs: { out: { type: 'Data', label: 'Out', method: 'out', run: ({ inputs }) => data({ key: inputs.key }) } },
  })
  const graph = testGraph([keyed], flow({ a: keyed }))
  const users = {
    get: async (name: string) => (name === 'KEY' ? { value: 'user', type: 'Credential' as const } : undefined),
  }
  const environment = (name: string) => (name === 'KEY' ? 'environment' : undefined)
  const none = async () => undefined

  test('comes from the request, else from the user, else from the environment', async () => {
    const key = async (
      request: object,
      variables: { get: typeof users.get | typeof none; environment: typeof environment },
    ) => ((await testRun(graph, { request, ports: { variables } })).value('Keyed-a') as { data: object }).data
    const requestVariables = new Map([['KEY', 'request']])
    expect(await key({ requestVariables }, { get: users.get, environment })).toEqual({ key: 'request' })
    expect(await key({}, { get: users.get, environment })).toEqual({ key: 'user' })
    expect(await key({}, { get: none, environment })).toEqual({ key: 'environment' })
  })

  test('that is nowhere fails the node', async () => {
    const run = await testRun(graph, { request: { environmentFallback: false }, environment: { KEY: 'x' } })
    expect(run.events.find(({ type }) => type === 'node-error')).toMatchObject({
      failure: { reason: 'KEY variable not found.' },
    })
  })

  test('may stand in the cells of a table', async () => {
    const rows = defineComponent({
      type: 'Rows',
      displayName: 'Rows',
      description: '',
      icon: '',
      category: '',
      inputs: { rows: field.table({ label: 'Rows', columns: [{ name: 'k', load_from_db: true }, { name: 'p' }] }) },
      outputs: { out: { type: 'Data', label: 'Out', method: 'out', run: ({ inputs }) => data({ rows: inputs.rows }) } },
    })
    const table = testGraph(
      [rows],
      flow({ a: { component: rows, set: { rows: [{ k: 'KEY', p: 'KEY' }, { k: 'NONE' }] } } }),
    )
    expect((await testRun(table, { environment: { KEY: 'value' } })).value('Rows-a')).toEqual(
      data({ rows: [{ k: 'value', p: 'KEY' }, { k: 'NONE' }] }),
    )
  })
})
