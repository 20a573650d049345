import { emptyProperties } from '@runnel/protocol/message'
import { type Component, data, dataFrame, defineComponent, message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { fromRecord, toRecord } from './message-record.ts'
import { testGraph, testRun } from './test-run.ts'
import { wireMessageEvent } from './wire-message.ts'
import { resultData } from './wire-result.ts'
import { wireIsoTime, wireTime } from './wire-time.ts'
import { wireValue } from './wire-value.ts'

const at = Date.UTC(2025, 2, 3, 17, 17, 37, 250)
const said = message('Sure!', {
  id: 'm-1',
  sender: 'Machine',
  sender_name: 'AI',
  session_id: 's-1',
  flow_id: 'f-1',
  run_id: 'r-1',
  timestamp: at,
  properties: { ...emptyProperties, icon: 'OpenAI', source: { id: 'Model-1', display_name: 'OpenAI', source: 'gpt' } },
})
const properties = {
  text_color: null,
  background_color: null,
  edited: false,
  source: { id: 'Model-1', display_name: 'OpenAI', source: 'gpt' },
  icon: 'OpenAI',
  allow_markdown: false,
  positive_feedback: null,
  state: 'complete',
  targets: [],
  usage: null,
  build_duration: null,
}
const shared = {
  sender: 'Machine',
  sender_name: 'AI',
  session_id: 's-1',
  context_id: '',
  files: [],
  error: false,
  edit: false,
  properties,
  category: 'message',
  content_blocks: [],
  session_metadata: { graph_run_id: 'r-1' },
  flow_id: 'f-1',
  run_id: 'r-1',
  duration: null,
}

/** The result of a node that gives this. */
async function resultOf(value: unknown, { type = 'Thing', outputs = ['out'] } = {}) {
  const component: Component = defineComponent({
    type,
    displayName: 'A Thing',
    description: '',
    icon: '',
    category: '',
    inputs: {},
    outputs: Object.fromEntries(
      outputs.map((name) => [name, { type: 'Any' as const, label: name, method: name, run: () => value }]),
    ),
  })
  const { results } = await testRun(testGraph([component], flow({ a: component })))
  const result = results.get(`${type}-a`)
  if (!result) throw new Error('no result')
  return result
}
const around = {
  timedelta: null,
  duration: null,
  component_display_name: 'A Thing',
  used_frozen_result: false,
  token_usage: null,
}

test('times are written to the second', () => {
  expect([wireTime(at), wireIsoTime(at), wireTime(at + 1_000), wireTime(at)]).toEqual([
    '2025-03-03 17:17:37 UTC',
    '2025-03-03T17:17:37+00:00',
    '2025-03-03 17:17:38 UTC',
    '2025-03-03 17:17:37 UTC',
  ])
})

test('a message event is flat', () => {
  expect(wireMessageEvent(toRecord(said, 'm-1'))).toEqual({
    ...shared,
    id: 'm-1',
    text: 'Sure!',
    timestamp: '2025-03-03 17:17:37 UTC',
  })
})

test('a stored message comes back as it was', () => {
  expect(fromRecord(toRecord(said, 'm-1'))).toEqual(said)
})

describe('the result of a node', () => {
  test('that is a chat output', async () => {
    expect(resultData(await resultOf(said, { type: 'ChatOutput', outputs: ['message'] }))).toEqual({
      ...around,
      component_id: 'ChatOutput-a',
      results: {
        message: {
          ...shared,
          text_key: 'text',
          default_value: '',
          text: 'Sure!',
          timestamp: '2025-03-03T17:17:37+00:00',
          component_id: 'ChatOutput-a',
          data: { ...shared, text: 'Sure!', timestamp: '2025-03-03 17:17:37 UTC', id: 'm-1' },
        },
      },
      artifacts: { message: 'Sure!', sender: 'Machine', sender_name: 'AI', files: [], type: 'object' },
      outputs: { message: { message: 'Sure!', type: 'text' } },
      logs: { message: [] },
      messages: [
        {
          message: 'Sure!',
          sender: 'Machine',
          sender_name: 'AI',
          session_id: 's-1',
          stream_url: null,
          component_id: 'ChatOutput-a',
          files: [],
          type: 'text',
        },
      ],
    })
  })

  test.each([
    [
      'a text',
      'hi',
      { results: 'hi', outputs: { message: 'hi', type: 'text' }, artifacts: { repr: 'hi', raw: 'hi', type: 'text' } },
    ],
    [
      'Data',
      data({ a: 1 }),
      {
        results: { text_key: 'text', data: { a: 1 }, default_value: '' },
        outputs: { message: { a: 1 }, type: 'object' },
        artifacts: { repr: '{"a":1}', raw: { a: 1 }, type: 'object' },
      },
    ],
    [
      'a table',
      dataFrame([{ a: 1 }]),
      {
        results: [{ a: 1 }],
        outputs: { message: [{ a: 1 }], type: 'array' },
        artifacts: { repr: '[{"a":1}]', raw: [{ a: 1 }], type: 'array' },
      },
    ],
    [
      'a list of Data',
      [data({ a: 1 })],
      {
        results: [{ text_key: 'text', data: { a: 1 }, default_value: '' }],
        outputs: { message: [{ a: 1 }], type: 'array' },
        artifacts: { repr: '[{"a":1}]', raw: [{ a: 1 }], type: 'array' },
      },
    ],
    [
      'a model',
      fakeModel('hi'),
      {
        results: 'Fake model fake-model',
        outputs: { message: '', type: 'unknown' },
        artifacts: { repr: 'Fake model fake-model', raw: 'Built Successfully ✨', type: 'unknown' },
      },
    ],
  ])('that is %s', async (_, value, { results, outputs, artifacts }) => {
    expect(resultData(await resultOf(value))).toEqual({
      ...around,
      component_id: 'Thing-a',
      results: { out: results },
      outputs: { out: outputs },
      artifacts: { out: artifacts },
      logs: { out: [] },
      messages: [],
    })
  })

  test('doubles the newlines of a machine, but not in a list and not of a user', async () => {
    const line = async (text: string, sender: string) =>
      resultData(await resultOf({ ...said, text, sender })).messages[0]?.message
    expect(await line('a\nb\n\nc', 'Machine')).toBe('a\n\nb\n\nc')
    expect(await line('a\n- b\n1. c', 'Machine')).toBe('a\n- b\n1. c')
    expect(await line('a\nb', 'User')).toBe('a\nb')
  })

  test('has outputs of any name', async () => {
    const result = await resultOf('hi')
    const shown = resultData({ ...result, outputs: new Map([['__proto__', 'hi']]), logs: new Map([['__proto__', []]]) })
    for (const part of [shown.results, shown.outputs, shown.artifacts, shown.logs])
      expect(Object.keys(part)).toEqual(['__proto__'])
  })

  test('shows what was logged as JSON', async () => {
    const result = await resultOf('hi')
    const logs = new Map([['out', [{ name: 'a', message: data({ n: 1n }), type: 'object', at }]]])
    expect(resultData({ ...result, logs }).logs).toEqual({
      out: [
        {
          name: 'a',
          message: { text_key: 'text', data: { n: 1 }, default_value: '' },
          type: 'object',
          timestamp: '2025-03-03T17:17:37.250Z',
        },
      ],
    })
  })
})

describe('a value on the wire', () => {
  test.each([
    [null, null],
    [undefined, null],
    ['a', 'a'],
    [1.5, 1.5],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [true, true],
    [12n, 12],
    [new Date(at), '2025-03-03T17:17:37.250Z'],
    [new Date(Number.NaN), null],
    [new TextEncoder().encode('é'), 'é'],
    [
      { a: [data({ b: 1 })], c: undefined },
      { a: [{ text_key: 'text', data: { b: 1 }, default_value: '' }], c: null },
    ],
    [
      { kind: 'tool', name: 't', description: 'd', call: async () => 1 },
      { name: 't', description: 'd' },
    ],
    [{ kind: 'embeddings', provider: 'P', model: 'm', embed: async () => [] }, 'P embeddings m'],
  ])('%o is %j', (value, expected) => {
    expect(wireValue(value)).toEqual(expected)
  })

  test.each(['message', 'data', 'dataframe', 'tool', 'language-model', 'embeddings'])(
    'is a plain object though its kind is %s',
    (kind) => {
      expect(wireValue(data({ answer: { kind, of: 'a user' } }))).toMatchObject({
        data: { answer: { kind, of: 'a user' } },
      })
    },
  )

  test('keeps keys that name parts of every object', () => {
    const shown = wireValue(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}')) as object
    expect(Object.keys(shown)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(shown)).toBe(Object.prototype)
  })

  test('is cut at the limits', () => {
    const limits = { textLength: 3, itemsLength: 2 }
    expect(wireValue('abcd', limits)).toBe('abc...')
    expect(wireValue('abc', limits)).toBe('abc')
    expect(wireValue([1, 2, 3, 4], limits)).toEqual([1, 2, '... [truncated 2 items]'])
    expect(wireValue(dataFrame([{ a: 'abcd' }, {}, {}]), limits)).toEqual([
      { a: 'abc...' },
      {},
      '... [truncated 1 items]',
    ])
    expect(wireValue({ ...said, text: 'abcd' }, limits)).toMatchObject({ text: 'abc...', data: { text: 'abc...' } })
  })
})
