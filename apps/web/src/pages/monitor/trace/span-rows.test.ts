import type { TraceSpan } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { barOf, kindsIn, rowsOf, type SpanFilter } from './span-rows.ts'

const span = (
  id: string,
  parent_id: string | null,
  kind: TraceSpan['kind'],
  more: Partial<TraceSpan> = {},
): TraceSpan => ({
  id,
  parent_id,
  kind,
  name: id,
  node_id: null,
  started_at: '2026-01-05T00:00:00.000Z',
  duration_ms: 100,
  error: null,
  input: null,
  output: null,
  model: null,
  token_usage: null,
  cost: null,
  retries: 0,
  logs: null,
  ...more,
})
const spans = [
  span('run', null, 'flow'),
  span('agent', 'run', 'component'),
  span('model', 'agent', 'model', { input: { messages: ['Green tea?'] } }),
  span('tool', 'agent', 'tool'),
  span('store', 'tool', 'retriever', { output: ['black'] }),
  span('say', 'run', 'component'),
]
const all: SpanFilter = { kinds: new Set(), search: '', collapsed: new Set() }
const shown = (filter: Partial<SpanFilter>) =>
  rowsOf(spans, { ...all, ...filter }).map((row) => `${row.depth} ${row.span.id}`)

test('each span stands below the one it is a part of', () => {
  expect(shown({})).toEqual(['0 run', '1 agent', '2 model', '2 tool', '3 store', '1 say'])
  expect(shown({ collapsed: new Set(['agent']) })).toEqual(['0 run', '1 agent', '1 say'])
  expect(
    rowsOf(spans, all)
      .filter((row) => row.hasChildren)
      .map((row) => row.span.id),
  ).toEqual(['run', 'agent', 'tool'])
})

test('a filter shows what fits and what it is a part of', () => {
  expect(shown({ kinds: new Set(['retriever'] as const) })).toEqual(['0 run', '1 agent', '2 tool', '3 store'])
  expect(shown({ search: 'green TEA', collapsed: new Set(['agent']) })).toEqual(['0 run', '1 agent', '2 model'])
  expect(shown({ kinds: new Set(['tool'] as const), search: 'green' })).toEqual([])
  expect(kindsIn(spans)).toEqual(['component', 'model', 'tool', 'retriever'])
})

test('a bar stands where its span was in the run, and is always seen', () => {
  const begin = Date.parse('2026-01-05T00:00:00.000Z')
  const late = span('x', null, 'model', { started_at: '2026-01-05T00:00:00.500Z', duration_ms: 250 })
  expect(barOf(late, [begin, begin + 1000])).toEqual({ left: 50, width: 25 })
  expect(barOf({ ...late, duration_ms: null }, [begin, begin + 1000])).toEqual({ left: 50, width: 50 })
  expect(barOf({ ...late, duration_ms: 0 }, [begin, begin + 1000])).toEqual({ left: 50, width: 0.5 })
})
