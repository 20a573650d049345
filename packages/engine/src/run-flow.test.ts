import { setImmediate } from 'node:timers/promises'
import { AppError } from '@runnel/protocol/errors'
import { type Component, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { runFlow } from './run-flow.ts'
import { echo, testGraph, testPorts, testRequest, testRun, textOf, toy } from './test-run.ts'

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
    expect((await testRun(graph, { request: { toAllEnds: true } })).started.toSorted()).toEqual([
      'ChatInput-b',
      'Echo-a',
      'Echo-c',
      'Echo-d',
    ])
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

  test('keeps what the node was given and what it had logged', async () => {
    const bad = toy('Bad', (_, { log }) => {
      log('Step', 'half way')
      throw new Error('no')
    })
    const { events } = await testRun(testGraph([bad], flow({ a: { component: bad, set: { text: 'hi' } } })))
    expect(events.find(({ type }) => type === 'node-error')).toMatchObject({
      result: { inputs: { text: 'hi' }, logs: new Map([['out', [{ name: 'Step', message: 'half way' }]]]) },
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

describe('a run that is cancelled', () => {
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
    for await (const events of runFlow(graph, testRequest, testPorts(), outer.signal)) {
      if (events.some((event) => event.type === 'node-start')) break
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
    expect((await run.next()).value?.[0]).toMatchObject({ type: 'run-start' })
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

describe('a listener', () => {
  test('hears every event but the last while it happens, in order', async () => {
    const heard: string[] = []
    const talk = toy(
      'Talk',
      async (_, context) => {
        const said = await context.messages.stream(message(''), pieces())
        heard.push('done')
        return said
      },
      { role: 'output' },
    )
    async function* pieces() {
      for (const piece of ['a', 'b']) {
        yield piece
        heard.push(`after ${piece}`)
      }
    }
    const listener = {
      hear: (event: RunEvent) => void heard.push(event.type === 'message-delta' ? event.text : event.type),
      drained: () => undefined,
    }
    const given: string[] = []
    const graph = testGraph([talk], flow({ a: talk }))
    const { signal } = new AbortController()
    for await (const events of runFlow(graph, testRequest, testPorts(), signal, listener)) {
      given.push(...events.map(({ type }) => type))
    }
    const said = ['message-add', 'a', 'after a', 'b', 'after b', 'done']
    expect(heard).toEqual(['run-start', 'node-start', ...said, 'node-end'])
    expect(given).toEqual(['run-end'])
  })

  test('that fails ends the run with its error', async () => {
    const seen: unknown[] = []
    const wait = patient(seen)
    const failure = new Error('no')
    const listener = {
      hear(event: RunEvent) {
        if (event.type === 'node-start') throw failure
      },
      drained: () => undefined,
    }
    const graph = testGraph([wait], flow({ a: wait }))
    const run = runFlow(graph, testRequest, testPorts(), new AbortController().signal, listener)
    await expect(run.next()).rejects.toBe(failure)
    expect(seen).toEqual([expect.objectContaining({ code: 'interrupted' })])
  })
})
