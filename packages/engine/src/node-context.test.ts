import { type Component, data, defineComponent, field, type Message, message, type RunContext } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test, vi } from 'vitest'
import { sumUsage } from './node-context.ts'
import type { RunEvent } from './run-event.ts'
import { type TestRunOptions, testGraph, testPorts, testRun } from './test-run.ts'

type Run = (context: RunContext) => unknown
const toy = (type: string, run: Run, rest: Partial<Component> = {}): Component => ({
  ...defineComponent({
    type,
    displayName: `The ${type}`,
    description: 'Toy',
    icon: 'Box',
    category: 'toys',
    inputs: {
      text: field.text({ label: 'Text' }),
      model_name: field.string({ label: 'Model', default: 'gpt' }),
      sender_name: field.string({ label: 'Name', default: 'Robot' }),
    },
    outputs: {
      out: { type: 'Any', label: 'Out', method: 'out', run: ({ context }) => run(context) },
      more: { type: 'Any', label: 'More', method: 'more', run: () => null },
    },
  }),
  ...rest,
})
const chatOutput = toy('ChatOutput', () => message(''), { role: 'output' })

/** Runs a component that stands before a chat output, as models do. */
const beforeChat = (run: Run, options?: TestRunOptions) => {
  const talk = toy('Talk', run)
  return testRun(testGraph([talk, chatOutput], flow({ a: talk, b: chatOutput }, ['a.out -> b.text'])), options)
}
const alone = (run: Run, options?: TestRunOptions) => {
  const talk = toy('Talk', run)
  return testRun(testGraph([talk], flow({ a: talk })), options)
}
const said = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'message-add'
      ? [`${event.message.id}: ${event.message.text}`]
      : event.type === 'message-delta'
        ? [`${event.messageId} + ${event.text}`]
        : event.type === 'message-remove'
          ? [`${event.messageId} -`]
          : [],
  )
async function* pieces(...texts: readonly (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text
    yield text
  }
}

describe('a message that is sent', () => {
  test('is completed, stored and shown', async () => {
    const { events, saved, value } = await beforeChat(({ messages }) => messages.send(message('hi', { timestamp: 5 })))
    expect(saved).toEqual([
      expect.objectContaining({
        id: 'id-1',
        text: 'hi',
        sender: 'Machine',
        sender_name: 'AI',
        session_id: 'session-1',
        flow_id: 'flow-1',
        run_id: 'run-1',
        timestamp: 1_700_000_000_000,
        error: false,
        edit: false,
        category: 'message',
      }),
    ])
    expect(events.filter(({ type }) => type === 'message-add')).toEqual([{ type: 'message-add', message: saved[0] }])
    expect(value('Talk-a')).toMatchObject({ id: 'id-1', session_id: 'session-1' })
  })

  test('keeps who said it, where, and its id and time', async () => {
    const own = { id: 'mine', sender: 'User', sender_name: 'Ada', session_id: 'hers', timestamp: 5 }
    const { saved } = await beforeChat(({ messages }) => messages.send(message('hi', own)))
    expect(saved).toEqual([expect.objectContaining(own)])
  })

  test('is not heard from a node that is neither input nor output nor next to a chat output', async () => {
    const { events, saved, value } = await alone(({ messages }) => messages.send(message('hi', { timestamp: 5 })))
    expect([said(events), saved]).toEqual([[], []])
    expect(value('Talk-a')).toEqual(message('hi', { timestamp: 5, flow_id: 'flow-1' }))
  })

  test('is heard from there when it tells of an error', async () => {
    const { events } = await alone(({ messages }) => messages.send(message('broken', { error: true })))
    expect(said(events)).toEqual(['id-1: broken'])
  })

  test.each(['input', 'output'] as const)('is heard from an %s', async (role) => {
    const talk = toy('Talk', ({ messages }) => messages.send(message('hi')), { role })
    expect(said((await testRun(testGraph([talk], flow({ a: talk })))).events)).toEqual(['id-1: hi'])
  })
})

describe('a message that is streamed', () => {
  test('after it was shown passes on its pieces alone', async () => {
    const { events, saved } = await beforeChat(async ({ messages }) => {
      const shown = await messages.send(message(''))
      return messages.stream(shown, pieces('Hel', 'lo'), { isShown: true })
    })
    expect(said(events)).toEqual(['id-1: ', 'id-1 + Hel', 'id-1 + lo'])
    expect(saved.at(-1)).toMatchObject({ id: 'id-1', text: 'Hello' })
  })

  test('opens empty, grows and is stored whole', async () => {
    const { events, saved, value } = await beforeChat(({ messages }) =>
      messages.stream(message('', { sender_name: 'Bot' }), pieces('Hel', 'lo')),
    )
    expect(said(events)).toEqual(['id-1: ', 'id-1 + Hel', 'id-1 + lo'])
    expect(saved.map(({ id, text, error, properties }) => [id, text, error, properties.state])).toEqual([
      ['id-1', '', false, 'partial'],
      ['id-1', 'Hello', false, 'complete'],
    ])
    expect(events.find(({ type }) => type === 'message-delta')).toMatchObject({ timestamp: 1_700_000_000_000 })
    expect(value('Talk-a')).toMatchObject({ id: 'id-1', text: 'Hello', sender_name: 'Bot' })
  })

  test('is only joined where it is not heard', async () => {
    const { events, saved, value } = await alone(({ messages }) => messages.stream(message(''), pieces('Hel', 'lo')))
    expect([said(events), saved, (value('Talk-a') as Message).text]).toEqual([[], [], 'Hello'])
  })

  test('that breaks off keeps what was said, marked as an error', async () => {
    const { events, saved } = await beforeChat(({ messages }) =>
      messages.stream(message(''), pieces('Hel', new Error('cut'))),
    )
    expect(
      saved.map(({ id, text, error, category, properties }) => [id, text, error, category, properties.state]),
    ).toEqual([
      ['id-1', '', false, 'message', 'partial'],
      ['id-1', 'Hel', true, 'message', 'partial'],
      ['id-2', 'cut\n', true, 'error', 'complete'],
    ])
    expect(events.at(-2)).toMatchObject({ type: 'node-error', failure: { reason: 'cut' } })
  })

  test('that breaks off before anything was said leaves no empty message behind', async () => {
    const ports = testPorts()
    await beforeChat(({ messages }) => messages.stream(message(''), pieces(new Error('refused'))), {
      ports: { messages: ports.messages },
    })
    const left = await ports.messages.find('flow-1', {})
    expect(left.map(({ id }) => id)).not.toContain('id-1')
  })

  test('that is cancelled keeps what was said, and asks for no more', async () => {
    const abort = new AbortController()
    let asked = 0
    let closed = false
    async function* endless() {
      try {
        for (;;) yield `${++asked} `
      } finally {
        closed = true
      }
    }
    const { saved, error } = await beforeChat(({ messages }) => messages.stream(message(''), endless()), {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === 'message-delta' && event.text === '3 ') abort.abort()
      },
    })
    expect(error).toMatchObject({ code: 'interrupted' })
    expect(closed).toBe(true)
    const last = saved.at(-1)
    expect(last).toMatchObject({ id: 'id-1', error: false, properties: { state: 'partial' } })
    expect(last?.text).toMatch(/^1 2 3 /)
    expect(asked).toBeLessThan(200)
  })

  test('is kept when it is cancelled while nothing comes', async () => {
    const abort = new AbortController()
    const { signal } = abort
    async function* stuck() {
      yield 'so far'
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const { saved } = await beforeChat(({ messages }) => messages.stream(message(''), stuck()), {
      signal,
      onEvent: (event) => {
        if (event.type === 'message-delta') abort.abort()
      },
    })
    expect(saved.at(-1)).toMatchObject({ text: 'so far', error: false, properties: { state: 'partial' } })
  })

  test('is kept when it is cancelled and its source does not notice', async () => {
    vi.useFakeTimers()
    const abort = new AbortController()
    async function* deaf() {
      yield 'so far'
      await new Promise(() => {})
    }
    const run = beforeChat(({ messages }) => messages.stream(message(''), deaf()), {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === 'message-delta') abort.abort()
      },
    })
    await vi.advanceTimersByTimeAsync(1_000)
    vi.useRealTimers()
    const { saved, error } = await run
    expect(error).toMatchObject({ code: 'interrupted' })
    expect(saved.at(-1)).toMatchObject({ text: 'so far', error: false, properties: { state: 'partial' } })
  })

  test('is read no faster than its reader goes', async () => {
    let asked = 0
    async function* many() {
      while (asked < 1_000) yield `${++asked} `
    }
    let ahead = 0
    let seen = 0
    const { saved } = await beforeChat(({ messages }) => messages.stream(message(''), many()), {
      onEvent: (event) => {
        if (event.type !== 'message-delta') return
        seen++
        ahead = Math.max(ahead, asked - seen)
      },
    })
    expect(seen).toBe(1_000)
    expect(ahead).toBeLessThan(100)
    expect(saved.at(-1)?.text.split(' ')).toHaveLength(1_001)
  })
})

describe('messages', () => {
  test('are stored unseen, found again and taken back', async () => {
    const { events, value } = await alone(async ({ messages }) => {
      const kept = await messages.store(message('one', { session_id: 's' }))
      await messages.store(message('two', { session_id: 's', error: true }))
      await messages.store(message('three', { session_id: 't' }))
      const found = await messages.find({ session_id: 's' })
      await messages.remove(kept.id ?? '')
      return data({ found: found.map(({ text }) => text), left: (await messages.find({})).map(({ text }) => text) })
    })
    expect(value('Talk-a')).toEqual(data({ found: ['one'], left: ['three'] }))
    expect(said(events)).toEqual(['id-1 -'])
  })

  test('of another flow are not found', async () => {
    const ports = testPorts()
    const keep: Run = ({ messages }) => messages.store(message('mine'))
    await alone(keep, { ports: { messages: ports.messages } })
    const find: Run = async ({ messages }) => data({ count: (await messages.find({})).length })
    const count = async (flowId: string) =>
      (await alone(find, { ports: { messages: ports.messages }, request: { flowId } })).value('Talk-a')
    expect([await count('flow-1'), await count('flow-2')]).toEqual([data({ count: 1 }), data({ count: 0 })])
  })
})

describe('a component knows', () => {
  test('its node and what stands around it', async () => {
    let info: unknown
    const source = toy('Source', () => message(''))
    const talk = toy('Talk', ({ node }) => {
      info = node
      return message('')
    })
    const data = flow({ s: source, a: talk, b: { component: chatOutput, set: { sender_name: 'Robbie' } } }, [
      's.out -> a.text',
      'a.out -> b.text',
      'a.more -> b.model_name',
    ])
    await testRun(testGraph([source, talk, chatOutput], data))
    expect(info).toEqual({
      id: 'Talk-a',
      type: 'Talk',
      displayName: 'The Talk',
      description: 'Toy',
      icon: 'Box',
      source: { id: 'Source-s', displayName: 'The Source', model: 'gpt' },
      isNextToChatOutput: true,
      connectedOutputs: new Set(['out', 'more']),
      chatSenderName: 'Robbie',
    })
  })

  test('its run, and what other nodes left in it', async () => {
    const seen: unknown[] = []
    const first = toy('First', ({ state }) => {
      state.set('First:x', 1)
      return message('')
    })
    const second = toy('Second', ({ runId, flowId, userId, sessionId, state }) => {
      seen.push(runId, flowId, userId, sessionId, state.get('First:x'))
      return message('')
    })
    await testRun(testGraph([first, second], flow({ a: first, b: second }, ['a.out -> b.text'])))
    expect(seen).toEqual(['run-1', 'flow-1', 'user-1', 'session-1', 1])
  })
})

describe('a node result', () => {
  test('has what the component logged, showed and used', async () => {
    const { results } = await alone((context) => {
      context.log('first', 'text')
      context.log('second', { a: 1 })
      context.setStatus('busy')
      context.addUsage({ input_tokens: 1, output_tokens: 2, total_tokens: 3 })
      context.addUsage({ input_tokens: 10, output_tokens: 20, total_tokens: 30 })
      return message('')
    })
    expect(results.get('Talk-a')).toMatchObject({
      logs: new Map([
        [
          'out',
          [
            { name: 'first', message: 'text', type: 'text', at: 1_700_000_000_000 },
            { name: 'second', message: { a: 1 }, type: 'object', at: 1_700_000_000_000 },
          ],
        ],
        ['more', []],
      ]),
      status: 'busy',
      usage: { input_tokens: 11, output_tokens: 22, total_tokens: 33 },
      usedFrozenResult: false,
      inputs: { text: '', model_name: 'gpt', sender_name: 'Robot' },
      startedAt: 1_700_000_000_000,
    })
  })
})

test('usage adds up, and nothing adds nothing', () => {
  const one = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
  expect([sumUsage(null, null), sumUsage(one, null), sumUsage(null, one)]).toEqual([null, one, one])
  expect(sumUsage(one, one)).toEqual({ input_tokens: 2, output_tokens: 4, total_tokens: 6 })
})
