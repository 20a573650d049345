import { expect, test } from 'vitest'
import { createSpanLog } from './span-log.ts'

const now = () => 5000

test('keeps what a node does inside, each thing below the one it is a part of', () => {
  const log = createSpanLog(now)
  const tool = log.root.start({ kind: 'tool', name: 'look_up', input: { query: 'tea' }, nodeId: 'Store-1' })
  tool.spans.start({ kind: 'retriever', name: 'Chroma', input: 'tea' }).end({ output: ['a'], retries: 0 })
  tool.end({ error: 'no', retries: 2 })
  log.root.start({ kind: 'model', name: 'm', input: [], model: { provider: 'P', model: 'm' } })
  expect(log.read()).toEqual([
    {
      kind: 'tool',
      name: 'look_up',
      nodeId: 'Store-1',
      parent: null,
      startedAt: 5000,
      durationMs: expect.any(Number),
      input: { query: 'tea' },
      retries: 2,
      error: 'no',
    },
    {
      kind: 'retriever',
      name: 'Chroma',
      parent: 0,
      startedAt: 5000,
      durationMs: expect.any(Number),
      input: 'tea',
      output: ['a'],
    },
    {
      kind: 'model',
      name: 'm',
      model: { provider: 'P', model: 'm' },
      parent: null,
      startedAt: 5000,
      durationMs: null,
      input: [],
    },
  ])
})

test('ends: a node that goes on for ever does not fill the memory', () => {
  const log = createSpanLog(now)
  const long = 'x'.repeat(1_000_000)
  for (let at = 0; at < 1000; at++) {
    const span = log.root.start({ kind: 'model', name: String(at), input: { messages: [long, long] } })
    span.spans.start({ kind: 'tool', name: 'inner', input: long }).end({ output: long })
    span.end({ output: long, error: long })
  }
  expect(log.read()).toHaveLength(200)
  expect(JSON.stringify(log.read()).length).toBeLessThan(1_300_000)
})
