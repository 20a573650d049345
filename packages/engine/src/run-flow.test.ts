import { setImmediate } from 'node:timers/promises'
import { AppError } from '@runnel/protocol/errors'
import { type Component, data, defineComponent, field, isMessage, message, type RunContext } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { runFlow } from './run-flow.ts'
import { testGraph, testPorts, testRequest, testRun } from './test-run.ts'

type Run = (text: string, context: RunContext, dynamic: Readonly<Record<string, unknown>>) => unknown

/** A component with a text, a list of texts and the output `out`. */
const toy = (type: string, run: Run, rest: Partial<Component> = {}): Component => ({
  ...defineComponent({
    type,
    displayName: `The ${type}`,
    description: '',
    icon: '',
    category: 'toys',
    inputs: {
      text: field.text({ label: 'Text' }),
      texts: field.text({ label: 'Texts', list: true }),
      any: field.handle({ label: 'Any', accepts: ['Message', 'Data'] }),
      session_id: field.text({ label: 'Session' }),
    },
    outputs: {
      out: {
        type: 'Any',
        label: 'Out',
        method: 'build_out',
        run: ({ inputs, context, dynamic }) => run([inputs.text, ...inputs.texts].join(''), context, dynamic),
      },
    },
  }),
  ...rest,
})
const echo = toy('Echo', (text) => message(text, { timestamp: 0 }))
const textOf = (value: unknown) => (isMessage(value) ? value.text : value)
const typesOf = (events: readonly RunEvent[]) =>
  events.map((event) => ('nodeId' in event ? `${event.type} ${event.nodeId}` : event.type))

afterEach(() => void vi.useRealTimers())

describe('a run', () => {
  test('tells what happens, in order', async () => {
    const graph = testGraph([echo], flow({ a: { component: echo, set: { text: 'hi' } }, b: echo }, ['a.out -> b.text']))
    const { events, results } = await testRun(graph)
    expect(typesOf(events)).toEqual([
      'run-start',
      'node-start Echo-a',
      'node-end Echo-a',
      'node-start Echo-b',
      'node-end Echo-b',
      'run-end',
    ])
    expect(events[0]).toEqual({ type: 'run-start', first: ['Echo-a'], kept: ['Echo-a', 'Echo-b'] })
    expect(events[2]).toMatchObject({ next: ['Echo-b'], skipped: [] })
    expect([...results.keys()]).toEqual(['Echo-a', 'Echo-b'])
    expect(textOf(results.get('Echo-b')?.outputs.get('out'))).toBe('hi')
  })

  test('of an empty flow begins and ends', async () => {
    expect(typesOf((await testRun(testGraph([], { nodes: [], edges: [] }))).events)).toEqual(['run-start', 'run-end'])
  })

  test('starts each arm of a diamond once and the join last', async () => {
    const graph = testGraph(
      [echo],
      flow({ a: { component: echo, set: { text: 'x' } }, b: echo, c: echo, d: echo }, [
        'a.out -> b.text',
        'a.out -> c.text',
        'b.out -> d.texts',
        'c.out -> d.texts',
      ]),
    )
    const run = await testRun(graph)
    expect(run.started).toEqual(['Echo-a', 'Echo-b', 'Echo-c', 'Echo-d'])
    expect(textOf(run.value('Echo-d'))).toBe('xx')
  })

  test('runs branches at the same time', async () => {
    let waiting = 0
    const all = Promise.withResolvers<void>()
    // Ends only when three run at once.
    const meet = toy('Meet', async () => {
      if (++waiting === 3) all.resolve()
      await all.promise
      return message('met')
    })
    const graph = testGraph(
      [echo, meet],
      flow({ a: echo, b: meet, c: meet, d: meet }, ['a.out -> b.text', 'a.out -> c.text', 'a.out -> d.text']),
    )
    const { error, results } = await testRun(graph)
    expect([error, results.size]).toEqual([undefined, 4])
  })

  test('gives list fields their values in the order of the edges', async () => {
    const say = (text: string) => ({ component: echo, set: { text } })
    const graph = testGraph(
      [echo],
      flow({ c: say('1'), b: say('2'), a: say('3'), d: echo }, [
        'a.out -> d.texts',
        'c.out -> d.texts',
        'b.out -> d.texts',
      ]),
    )
    expect(textOf((await testRun(graph)).value('Echo-d'))).toBe('312')
  })

  test('begins at the chat input alone and leaves islands out', async () => {
    const chat = toy('ChatInput', (text) => message(text), { role: 'input' })
    const graph = testGraph(
      [chat, echo],
      flow({ a: echo, b: chat, c: echo, d: echo }, ['b.out -> c.text', 'a.out -> c.texts']),
    )
    const { started, events } = await testRun(graph)
    expect(started).toEqual(['ChatInput-b', 'Echo-a', 'Echo-c'])
    expect(events[0]).toMatchObject({ first: ['ChatInput-b'] })
  })

  test('ends at the node it is told to stop at', async () => {
    const graph = testGraph([echo], flow({ a: echo, b: echo, c: echo }, ['a.out -> b.text', 'b.out -> c.text']))
    expect((await testRun(graph, { request: { stop: 1 } })).started).toEqual(['Echo-a', 'Echo-b'])
    expect((await testRun(graph, { request: { start: 1 } })).started).toEqual(['Echo-a', 'Echo-b', 'Echo-c'])
  })

  test.each([
    [1, 1_000],
    [1_000, 1],
  ])('is no matter of size: %d wide, %d long', async (width, length) => {
    const specs: Record<string, Component> = { first: echo }
    const edges: string[] = []
    for (let column = 0; column < width; column++) {
      for (let row = 0; row < length; row++) {
        specs[`n${column}x${row}`] = echo
        edges.push(`${row === 0 ? 'first' : `n${column}x${row - 1}`}.out -> n${column}x${row}.text`)
      }
    }
    const { started, error } = await testRun(testGraph([echo], flow(specs, edges)))
    expect([started.length, error]).toEqual([1_001, undefined])
  })

  test('leaves no rejection unhandled when it fails', async () => {
    const unhandled: unknown[] = []
    const listen = (reason: unknown) => void unhandled.push(reason)
    process.on('unhandledRejection', listen)
    const bad = toy('Bad', async () => Promise.reject(new Error('no')))
    const graph = testGraph([echo, bad], flow({ a: bad, b: bad, c: bad }))
    const { error } = await testRun(graph, { request: { failFast: true } })
    await setImmediate()
    process.off('unhandledRejection', listen)
    expect([unhandled, (error as AppError).code]).toEqual([[], 'component_failed'])
  })
})

describe('the outputs of a node', () => {
  const calls: string[] = []
  const output = (name: string, label = name) => ({
    type: 'Message' as const,
    label,
    method: `build_${name}`,
    run: ({ context }: { readonly context: RunContext }) => {
      calls.push(name)
      context.log(name, `made ${name}`)
      return message(name)
    },
  })
  const two = defineComponent({
    type: 'Two',
    displayName: 'Two',
    description: '',
    icon: '',
    category: '',
    inputs: {},
    outputs: { first: output('first'), second: output('second') },
  })
  afterEach(() => void calls.splice(0))

  test('are all computed, in order, at the end of a flow', async () => {
    const { results } = await testRun(testGraph([two], flow({ a: two })))
    expect(calls).toEqual(['first', 'second'])
    expect([...(results.get('Two-a')?.outputs.keys() ?? [])]).toEqual(['first', 'second'])
  })

  test('are computed only where an edge leaves, and read by name', async () => {
    const run = await testRun(testGraph([two, echo], flow({ a: two, b: echo }, ['a.second -> b.text'])))
    expect(calls).toEqual(['second'])
    expect(textOf(run.value('Echo-b'))).toBe('second')
  })

  test('have each their own log', async () => {
    const { results } = await testRun(testGraph([two], flow({ a: two })))
    expect(Object.fromEntries(results.get('Two-a')?.logs ?? [])).toEqual({
      first: [{ name: 'first', message: 'made first', type: 'text' }],
      second: [{ name: 'second', message: 'made second', type: 'text' }],
    })
  })

  test('that the component does not have fail the node and name those it has', async () => {
    const built = flow({ a: two, b: echo }, ['a.first -> b.text'])
    const renamed = JSON.parse(
      JSON.stringify(built).replaceAll('"name":"first"', '"name":"gone"').replaceAll('build_first', 'x'),
    )
    const { events } = await testRun(testGraph([two, echo], renamed))
    expect(events.find(({ type }) => type === 'node-error')).toMatchObject({
      failure: { nodeId: 'Two-a', reason: 'Output "gone" is not one of this component here. It has: first, second.' },
    })
  })

  test('are filtered by the path the file gives', async () => {
    const source = toy('Source', () => data({ a: { b: [{ c: 1 }, { c: 2 }] } }))
    const at = async (filter: string) => {
      const outputs = [{ name: 'out', types: ['Data'], method: 'build_out', options: { filter } }]
      return (await testRun(testGraph([source], flow({ a: { component: source, node: { outputs } } })))).value(
        'Source-a',
      )
    }
    expect(await at('.a.b[1]')).toEqual(data({ c: 2 }))
    expect(await at('.a.b')).toEqual(data({ result: [{ c: 1 }, { c: 2 }] }))
    expect(await at('.constructor')).toEqual(data({ result: undefined }))
    expect(await at('')).toEqual(data({ a: { b: [{ c: 1 }, { c: 2 }] } }))
  })

  test('that are messages belong to the flow', async () => {
    const run = await testRun(testGraph([two], flow({ a: two })))
    expect(run.value('Two-a', 'first')).toMatchObject({ flow_id: 'flow-1' })
  })
})

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

describe('a router', () => {
  const both = defineComponent({
    type: 'Router',
    displayName: 'Router',
    description: '',
    icon: '',
    category: '',
    routes: true,
    inputs: {},
    outputs: {
      yes: { type: 'Message', label: 'Yes', method: 'yes', run: () => message('yes') },
      no: {
        type: 'Message',
        label: 'No',
        method: 'no',
        run: ({ context }) => {
          context.routes.stop('no')
          return message('')
        },
      },
    },
  })
  const specs = { r: both, a: echo, b: echo, c: { component: echo, set: { text: 'own' } } }
  const edges = ['r.yes -> a.text', 'r.no -> b.text', 'a.out -> c.texts', 'b.out -> c.text']

  test('skips the branch it stops; where the branches meet, its input has the value of the file', async () => {
    const run = await testRun(testGraph([both, echo], flow(specs, edges)))
    expect(run.started).toEqual(['Router-r', 'Echo-a', 'Echo-c'])
    expect(textOf(run.value('Echo-c'))).toBe('ownyes')
    expect(run.events.find((event) => event.type === 'node-end' && event.nodeId === 'Router-r')).toMatchObject({
      next: ['Echo-a'],
      skipped: ['Echo-b'],
    })
  })

  test('that is frozen stops what it stopped', async () => {
    const graph = testGraph([both, echo], flow({ ...specs, r: { component: both, node: { frozen: true } } }, edges))
    const ports = testPorts()
    await testRun(graph, { ports: { cache: ports.cache } })
    const again = await testRun(graph, { ports: { cache: ports.cache } })
    expect(again.started).toEqual(['Router-r', 'Echo-a', 'Echo-c'])
    expect(again.results.get('Router-r')?.usedFrozenResult).toBe(true)
  })
})

describe('a frozen node', () => {
  let made = 0
  const counter = toy('Counter', () => message(String(++made)))
  const built = (frozen: boolean) => testGraph([counter], flow({ a: { component: counter, node: { frozen } } }))

  test('gives its last result without running', async () => {
    const { cache } = testPorts()
    const values: unknown[] = []
    for (let turn = 0; turn < 2; turn++)
      values.push(textOf((await testRun(built(true), { ports: { cache } })).value('Counter-a')))
    expect(values[0]).toBe(values[1])
  })

  test('gives what it gave before it was frozen, where all results are kept', async () => {
    const { cache } = testPorts()
    const first = await testRun(built(false), { ports: { cache }, request: { cacheAll: true } })
    const frozen = await testRun(built(true), { ports: { cache } })
    expect(textOf(frozen.value('Counter-a'))).toBe(textOf(first.value('Counter-a')))
    const other = await testRun(built(false), { ports: { cache } })
    expect(textOf(other.value('Counter-a'))).not.toBe(textOf(first.value('Counter-a')))
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

describe('a node that fails', () => {
  const bad = toy('Bad', () => {
    throw new AppError('model_rate_limited', ['Slow down.'], { retryAfterSeconds: 7 })
  })
  const graph = testGraph(
    [bad, echo],
    flow({ a: bad, b: echo, c: echo, d: echo }, ['a.out -> b.text', 'c.out -> d.text']),
  )

  test('lets other branches go on and leaves a message', async () => {
    const { events, started, saved, results, error } = await testRun(graph)
    expect([started, error]).toEqual([['Bad-a', 'Echo-c', 'Echo-d'], undefined])
    expect([...results.keys()]).toEqual(['Echo-c', 'Echo-d'])
    const at = events.findIndex(({ type }) => type === 'node-error')
    expect(events[at]).toMatchObject({
      nodeId: 'Bad-a',
      failure: {
        nodeId: 'Bad-a',
        displayName: 'The Bad',
        code: 'model_rate_limited',
        reason: 'Slow down.',
        retryAfterSeconds: 7,
      },
    })
    expect(events[at - 1]).toEqual({ type: 'message-add', message: saved[0] })
    expect(saved).toEqual([
      {
        id: 'id-1',
        flow_id: 'flow-1',
        run_id: 'run-1',
        session_id: 'session-1',
        context_id: '',
        timestamp: 1_700_000_000_000,
        sender: 'The Bad',
        sender_name: 'The Bad',
        text: 'Slow down.\n',
        files: [],
        error: true,
        edit: false,
        properties: {
          text_color: 'red',
          background_color: 'red',
          edited: false,
          icon: 'error',
          allow_markdown: false,
          positive_feedback: null,
          source: { id: 'Bad-a', display_name: 'The Bad', source: 'The Bad' },
          state: 'complete',
          targets: [],
          usage: null,
          build_duration: null,
        },
        category: 'error',
        content_blocks: [
          {
            title: 'Error',
            allow_markdown: true,
            media_url: null,
            contents: [
              {
                type: 'error',
                duration: null,
                header: {},
                component: 'The Bad',
                field: null,
                reason: '**model_rate_limited**\n - **Details: Slow down.**\n',
                solution: null,
                traceback: null,
              },
            ],
          },
        ],
      },
    ])
  })

  test('ends a run that fails fast, with its error', async () => {
    const { events, error } = await testRun(graph, { request: { failFast: true } })
    expect(error).toMatchObject({
      code: 'model_rate_limited',
      retryAfterSeconds: 7,
      message: 'Error building Component The Bad: \n\nSlow down.',
    })
    expect(events.some(({ type }) => type === 'node-error')).toBe(true)
    expect(events.some(({ type }) => type === 'run-end')).toBe(false)
  })

  test('is named with what was thrown, whatever it was', async () => {
    const thrower = toy('Thrower', () => {
      throw 'a text'
    })
    const { error } = await testRun(testGraph([thrower], flow({ a: thrower })), { request: { failFast: true } })
    expect(error).toMatchObject({
      code: 'component_failed',
      message: 'Error building Component The Thrower: \n\na text',
      cause: 'a text',
    })
  })

  test('of an unknown type fails only when it is reached, and names itself', async () => {
    const unknown = toy('Unknown', () => message(''))
    const data = flow({ a: echo, b: unknown, c: echo, d: unknown }, ['a.out -> b.text', 'a.out -> c.text'])
    const { events, started } = await testRun(testGraph([echo], data), { request: { start: 0 } })
    expect(started).toEqual(['Echo-a', 'Unknown-b', 'Echo-c'])
    expect(events.filter(({ type }) => type === 'node-error')).toMatchObject([
      {
        nodeId: 'Unknown-b',
        failure: {
          code: 'component_failed',
          reason: expect.stringMatching(/^Component type Unknown is not available in this engine \(node Unknown-b\)/),
        },
      },
    ])
  })

  test('that is not reached does not matter', async () => {
    const bare = toy('Unknown', () => message(''))
    expect(
      (await testRun(testGraph([echo], flow({ a: echo, b: bare })), { request: { start: 0, failFast: true } })).error,
    ).toBeUndefined()
  })
})

describe('a run that is cancelled', () => {
  /** A component that waits until its signal is aborted. */
  const patient = (seen: unknown[] = []) =>
    toy(
      'Patient',
      (_, { signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            seen.push(signal.reason)
            reject(signal.reason)
          }),
        ),
    )
  const onStart = (nodeId: string, act: () => void) => (event: RunEvent) => {
    if (event.type === 'node-start' && event.nodeId === nodeId) act()
  }

  test('by its signal aborts what runs, starts nothing more and says so', async () => {
    const abort = new AbortController()
    const seen: unknown[] = []
    const wait = patient(seen)
    const graph = testGraph([wait, echo], flow({ a: wait, b: echo }, ['a.out -> b.text']))
    const run = await testRun(graph, {
      signal: abort.signal,
      onEvent: onStart('Patient-a', () => abort.abort(new Error('gone'))),
    })
    expect(run.error).toMatchObject({
      code: 'interrupted',
      message: 'The run was cancelled.',
      cause: new Error('gone'),
    })
    expect([run.started, seen, run.saved]).toEqual([['Patient-a'], [new Error('gone')], []])
  })

  test('before it begins starts nothing', async () => {
    const run = await testRun(testGraph([echo], flow({ a: echo })), { signal: AbortSignal.abort('early') })
    expect(run.error).toMatchObject({ code: 'interrupted', cause: 'early' })
    expect(run.started).toEqual([])
  })

  test('for a reason of its own ends with that', async () => {
    const abort = new AbortController()
    const wait = patient()
    const reason = new AppError('model_timeout', ['Too long.'])
    const run = await testRun(testGraph([wait], flow({ a: wait })), {
      signal: abort.signal,
      onEvent: onStart('Patient-a', () => abort.abort(reason)),
    })
    expect(run.error).toBe(reason)
  })

  test('between two nodes ends as interrupted too', async () => {
    const abort = new AbortController()
    const last = toy('Last', () => {
      abort.abort(new Error('now'))
      return message('done')
    })
    const run = await testRun(testGraph([last, echo], flow({ a: last, b: echo }, ['a.out -> b.text'])), {
      signal: abort.signal,
    })
    expect([run.error, run.started]).toEqual([expect.objectContaining({ code: 'interrupted' }), ['Last-a']])
  })

  test('by leaving the iteration aborts what runs', async () => {
    const seen: unknown[] = []
    const wait = patient(seen)
    const graph = testGraph([wait, echo], flow({ a: wait, b: echo }, ['a.out -> b.text']))
    const outer = new AbortController()
    for await (const event of runFlow(graph, testRequest, testPorts(), outer.signal)) {
      if (event.type === 'node-start') break
    }
    expect(seen).toEqual([expect.objectContaining({ code: 'interrupted' })])
    expect(outer.signal.aborted).toBe(false)
  })

  test('by leaving at the first event, while a stream waits for its reader, ends at once', async () => {
    vi.useFakeTimers()
    const talk = toy(
      'Talk',
      async (_, context) => {
        async function* pieces() {
          for (let piece = 0; piece < 1_000; piece++) yield `${piece} `
        }
        return context.messages.stream(message(''), pieces())
      },
      { role: 'output' },
    )
    const run = runFlow(testGraph([talk], flow({ a: talk })), testRequest, testPorts(), new AbortController().signal)
    expect((await run.next()).value).toMatchObject({ type: 'run-start' })
    await run.return()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends although a component does not notice', async () => {
    vi.useFakeTimers()
    const deaf = toy('Deaf', () => new Promise(() => {}))
    const graph = testGraph([deaf, echo], flow({ a: deaf, b: echo }, ['a.out -> b.text']))
    const abort = new AbortController()
    const ended = testRun(graph, { signal: abort.signal, onEvent: onStart('Deaf-a', () => abort.abort()) })
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await ended).error).toMatchObject({ code: 'interrupted' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends with the failure that cancelled it although a component does not notice', async () => {
    vi.useFakeTimers()
    const deaf = toy('Deaf', () => new Promise(() => {}))
    const bad = toy('Bad', () => {
      throw new Error('no')
    })
    const ended = testRun(testGraph([deaf, bad], flow({ a: deaf, b: bad })), { request: { failFast: true } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await ended).error).toMatchObject({ code: 'component_failed' })
  })

  test('leaves no listener on the signal of its caller', async () => {
    const abort = new AbortController()
    const listened = vi.spyOn(abort.signal, 'addEventListener')
    const left = vi.spyOn(abort.signal, 'removeEventListener')
    await testRun(testGraph([echo], flow({ a: echo })), { signal: abort.signal })
    expect([listened.mock.calls.length, left.mock.calls.length]).toEqual([1, 1])
  })
})

describe('names that every object has', () => {
  test('are only names of fields, nodes and outputs', async () => {
    const spy = toy('Spy', (_, __, dynamic) => data({ keys: Object.keys(dynamic), inherited: dynamic.toString }))
    const hostile = JSON.parse(`{
      "nodes": [{"id": "__proto__", "data": {"type": "Spy", "node": {
        "template": {
          "__proto__": {"type": "str", "value": "x", "show": true},
          "constructor": {"type": "str", "value": "y", "show": true}
        },
        "outputs": [{"name": "__proto__", "method": "build_out"}]
      }}}],
      "edges": []
    }`)
    const { results, error } = await testRun(testGraph([spy], hostile))
    expect(error).toBeUndefined()
    const result = results.get('__proto__')
    expect([...(result?.outputs ?? [])]).toEqual([
      ['out', data({ keys: ['__proto__', 'constructor'], inherited: undefined })],
      ['__proto__', data({ keys: ['__proto__', 'constructor'], inherited: undefined })],
    ])
    expect(Object.keys(result?.inputs ?? {})).toContain('__proto__')
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})
